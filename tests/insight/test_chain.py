"""Primary and secondary sales: what counts, what does not, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from tests import world
from tests.insight.channel import NOW, SPAN, Channel, channel, report, ship

from zveno.base.scope import Scope, Section, entered, system_scope
from zveno.insight.queries.chain import ChainIsTheOperators, customers_served, monthly
from zveno.insight.queries.lines import all_sold_lines, figure_of, sold_lines
from zveno.insight.rules.tables import UNKNOWN, Figure
from zveno.sellout.actions.accept_report import accept_report, withdraw_report

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def chain() -> Iterator[Channel]:
    made = channel()
    with transaction.atomic(), entered(system_scope()):
        yield made


def of(amount: int, quantity: int, lines: int = 1) -> Figure:
    return Figure(Decimal(amount), Decimal(quantity), lines)


def accepted(chain: Channel, lines: list[dict[str, object]], **fields: object) -> None:
    made = report(chain.distributor, lines, starts_on=OCTOBER, ends_on=NOVEMBER, **fields)  # type: ignore[arg-type]
    accept_report(report_id=made.pk, now=NOW)


def test_primary_is_what_the_makers_sellers_shipped_to_distributors_and_directly(chain: Channel) -> None:
    ship(chain.house, chain.distributor.entity, chain.lamp, 10, OCTOBER)
    ship(chain.house, chain.dealer.entity, chain.lamp, 3, OCTOBER)
    ship(chain.distributor, chain.dealer.entity, chain.lamp, 7, OCTOBER)
    assert chain.figures("primary") == {chain.distributor.company.pk: of(1000, 10), 0: of(300, 3)}
    assert chain.figures("primary", indirect_only=True) == {chain.distributor.company.pk: of(1000, 10)}
    assert chain.figures("primary", company_id=0) == {0: of(300, 3)}


def test_a_report_counts_from_the_moment_it_is_accepted_until_it_is_withdrawn(chain: Channel) -> None:
    made = report(chain.distributor, [{"product": chain.lamp}], starts_on=OCTOBER, ends_on=NOVEMBER)
    assert chain.figures("secondary") == {}
    accept_report(report_id=made.pk, now=NOW)
    assert chain.figures("secondary") == {chain.distributor.company.pk: of(150, 1)}
    withdraw_report(report_id=made.pk, now=NOW)
    assert chain.figures("secondary") == {}


def test_what_the_portal_shipped_counts_only_on_days_no_report_tells_of(chain: Channel) -> None:
    ship(chain.distributor, chain.dealer.entity, chain.lamp, 2, date(2026, 10, 31))
    ship(chain.distributor, chain.dealer.entity, chain.lamp, 5, NOVEMBER)
    assert chain.figures("secondary") == {chain.distributor.company.pk: of(700, 7, 2)}
    accepted(chain, [{"product": chain.lamp, "quantity": 2, "total": 200, "sold_on": date(2026, 10, 31)}])
    assert chain.figures("secondary") == {chain.distributor.company.pk: of(700, 7, 2)}
    assert {line.origin for line in lines(chain, "secondary")} == {"report", "shipment"}


def test_returns_lower_the_figure_and_a_sum_not_told_is_price_by_quantity(chain: Channel) -> None:
    accepted(
        chain,
        [
            {"product": chain.lamp, "quantity": 4, "price": 150, "total": None},
            {"product": chain.lamp, "quantity": -1, "price": 150, "total": -150},
        ],
    )
    assert chain.figures("secondary") == {chain.distributor.company.pk: of(450, 3, 2)}


def test_an_unknown_product_counts_without_a_group(chain: Channel) -> None:
    accepted(chain, [{"product": chain.lamp}, {"product": None, "code": "Н1", "matched_by": ""}])
    assert chain.figures("secondary", "group") == {chain.lamps.pk: of(150, 1), UNKNOWN: of(150, 1)}
    assert chain.figures("secondary", "group", categories=[UNKNOWN]) == {UNKNOWN: of(150, 1)}


def test_a_sale_stands_where_the_customer_is(chain: Channel) -> None:
    komi = world.region("Сыктывкар")
    accepted(
        chain,
        [
            {"product": chain.lamp, "customer_inn": chain.dealer.entity.inn, "region": "Сыктывкар"},
            {"product": chain.lamp, "region": "сыктывкар"},
            {"product": chain.lamp, "region": "где-то там"},
        ],
    )
    assert chain.figures("secondary", "region") == {
        chain.dealer.entity.region_id: of(150, 1),
        komi.pk: of(150, 1),
        chain.distributor.company.region_id: of(150, 1),
    }


def test_currencies_are_never_added_to_one_another(chain: Channel) -> None:
    ship(chain.house, chain.distributor.entity, chain.lamp, 10, OCTOBER)
    ship(chain.house, chain.distributor.entity, chain.lamp, 1, OCTOBER, currency="KZT")
    assert chain.figures("primary") == {chain.distributor.company.pk: of(1000, 10)}
    assert chain.figures("primary", currency="KZT") == {chain.distributor.company.pk: of(100, 1)}


def test_the_period_before_stands_apart_and_ends_with_the_same_day(chain: Channel) -> None:
    for on in (date(2025, 11, 20), date(2025, 11, 21), date(2026, 11, 20)):
        ship(chain.house, chain.distributor.entity, chain.lamp, 1, on)
    cells = monthly(step="primary", key="distributor", span=SPAN, narrowing=chain.narrowing())
    assert sorted((cell.month, cell.figure.lines) for cell in cells if cell.month) == [(NOVEMBER, 1)]
    assert [cell.figure.lines for cell in cells if cell.month is None] == [1]


def test_customers_are_counted_once(chain: Channel) -> None:
    accepted(
        chain,
        [
            {"product": chain.lamp, "customer": "ООО «А»", "customer_inn": "7707083893"},
            {"product": chain.lamp, "customer": "А, ООО", "customer_inn": "7707083893"},
            {"product": chain.lamp, "customer": "ИП Б"},
            {"product": chain.lamp},
        ],
    )
    assert customers_served(span=SPAN, narrowing=chain.narrowing()) == (2, 0)


def test_a_figure_opens_into_its_lines_down_to_the_row_of_the_file(chain: Channel) -> None:
    accepted(
        chain, [{"product": chain.lamp, "customer": "ООО «А»"}, {"product": chain.lamp, "quantity": 2, "total": 300}]
    )
    first, second = lines(chain, "secondary", sort="sum")
    assert (first.file, first.sheet, first.row, first.customer) == ("октябрь.xlsx", "Продажи", 2, "ООО «А»")
    assert (second.row, second.amount, second.code) == (3, 300, chain.lamp.code)
    whole = figure_of(step="secondary", period=SPAN.period, narrowing=chain.narrowing())
    streamed = list(all_sold_lines(step="secondary", period=SPAN.period, narrowing=chain.narrowing()))
    assert whole == of(450, 3, 2)
    assert sum(line.amount for line in streamed) == whole.amount


def lines(chain: Channel, step: str, sort: str = "-day") -> list:
    return sold_lines(step=step, period=SPAN.period, narrowing=chain.narrowing(), sort=sort, limit=50)


@pytest.mark.parametrize("section", [Section.BUYING, Section.SELLING, Section.NOBODY])
def test_the_chain_is_read_on_the_desk_only(section: Section) -> None:
    made = channel()
    scope = Scope(section=section, companies=(made.distributor.company.pk,), sellers=(made.distributor.company.pk,))
    with transaction.atomic(), entered(scope), pytest.raises(ChainIsTheOperators):
        monthly(step="primary", key="distributor", span=SPAN, narrowing=made.narrowing())
