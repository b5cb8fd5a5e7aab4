"""The whole demo world as values, each part made once when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from zveno.demo.rules import assortment, geography, parties, people, products, sellout, supply, trade
from zveno.demo.rules.products import Good

SEED = 2026


@dataclass(frozen=True)
class World:
    """`scale` one is the full world; companies and people stay the same in a smaller one."""

    now: datetime
    seed: int = SEED
    scale: float = 1.0

    @property
    def today(self) -> date:
        return self.now.astimezone(UTC).date()

    @cached_property
    def places(self) -> list[geography.Place]:
        return geography.places()

    @cached_property
    def towns(self) -> list[geography.Place]:
        return geography.towns(self.places)

    @cached_property
    def companies(self) -> list[parties.Party]:
        return parties.parties(self.towns, seed=self.seed)

    @cached_property
    def entities(self) -> list[parties.Legal]:
        return parties.legals(self.companies, seed=self.seed)

    @cached_property
    def terms(self) -> list[parties.Terms]:
        return parties.terms(self.companies, self.entities, seed=self.seed)

    @cached_property
    def people(self) -> list[people.Person]:
        return people.people(self.companies, seed=self.seed)

    @cached_property
    def goods(self) -> list[Good]:
        return products.goods(seed=self.seed, count=max(round(products.WHOLE * self.scale), 200))

    @cached_property
    def offered(self) -> dict[int, Sequence[Good]]:
        return assortment.offered(self.goods, seed=self.seed)

    @cached_property
    def history(self) -> list[trade.Sale]:
        return trade.sales(
            all_terms=self.terms,
            companies=self.companies,
            goods=self.goods,
            offered=self.offered,
            today=self.today,
            seed=self.seed,
            scale=self.scale,
        )

    @cached_property
    def sold_on(self) -> list[sellout.Month]:
        found = sellout.months(
            history=self.history,
            entities=self.entities,
            companies=self.companies,
            towns=self.towns,
            offered=self.offered,
            today=self.today,
            seed=self.seed,
            scale=self.scale,
        )
        return list(found)

    @cached_property
    def shelves(self) -> list[supply.Shelf]:
        return supply.shelves(self.offered, seed=self.seed)

    @cached_property
    def arrivals(self) -> list[supply.Coming]:
        return supply.arrivals(self.offered, today=self.today, seed=self.seed)
