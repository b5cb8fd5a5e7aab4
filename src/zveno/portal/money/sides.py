"""The two sides of the same pages: a buyer's own money, and a seller's clients'."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zveno.base.clock import today_at
from zveno.base.scope import Section
from zveno.finance.queries.balances import AccountValue
from zveno.finance.sheets import Names
from zveno.orders.queries.order_labels import order_labels
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.clients import clients_of
from zveno.partners.queries.names import company_names, entity_names
from zveno.ui.navigation import Item


@dataclass(frozen=True, slots=True)
class Side:
    """Who looks, and what the pages of their side are called."""

    actor: Actor
    space: str
    order_url: str
    today: date

    @property
    def is_buyer(self) -> bool:
        return self.space == "money"

    @property
    def seller_id(self) -> int | None:
        """The one seller whose ledger it is; None for a buyer, who may have several."""
        return None if self.is_buyer else self.actor.company_id

    def url(self, page: str) -> str:
        """The name of a page of this side."""
        return f"{self.space}:{page}"

    @property
    def document_url(self) -> str:
        return self.url("document")

    @property
    def documents_url(self) -> str:
        return self.url("documents")

    @property
    def tabs(self) -> list[Item]:
        """The pages beside one another."""
        pages = [
            Item("settlements", _("Settlements"), self.url("settlements")),
            Item("documents", _("Documents"), self.url("documents")),
            Item("receivables", _("Receivables"), self.url("receivables")),
            Item("calendar", _("Calendar"), self.url("calendar")),
        ]
        if self.is_buyer:
            return [*pages, Item("mail", _("Mail"), "money:mail")]
        clients = Item("clients", _("Clients"), "client_money:clients")
        more = [
            Item("differences", _("Differences"), "client_money:differences"),
            Item("credit", _("Credit"), "client_money:credit"),
        ]
        return [clients, *pages, *more]

    def entities(self) -> list[tuple[int, str]]:
        """The legal entities to choose from: one's own, or the clients'."""
        if self.is_buyer:
            return [(entity.id, entity.name) for entity in self.actor.entities]
        found = clients_of(seller_id=self.actor.company_id, time_zone=self.actor.time_zone)
        return sorted(((client.entity_id, client.entity_name) for client in found), key=lambda pair: pair[1])

    def sellers(self) -> list[tuple[int, str]]:
        """The sellers a buyer may choose from; none where there is only one."""
        names = company_names(self.actor.scope.sellers) if self.is_buyer else {}
        return sorted(names.items(), key=lambda pair: pair[1]) if len(names) > 1 else []


def side_of(request: HttpRequest) -> Side:
    """The side that the request's person looks from."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = today_at(actor.time_zone)
    if actor.scope.section is Section.BUYING:
        return Side(actor, "money", "buying:order", today)
    return Side(actor, "client_money", "selling:order", today)


def names_for(accounts: Iterable[AccountValue], order_ids: Collection[int] = ()) -> Names:
    """Names beside rows of these accounts and orders. Two SQL statements, three more where there are orders."""
    known = list(accounts)
    labels: Mapping[int, str] = {}
    if order_ids:
        labels = {id_: label.number for id_, label in order_labels(order_ids=set(order_ids)).items()}
    return Names(
        company_names({account.seller_id for account in known}),
        entity_names({account.buyer_entity_id for account in known}),
        labels,
    )
