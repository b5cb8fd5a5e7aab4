"""Every address of the house with a stranger's objects in it. A new parameter needs an entry in PARAMETERS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.walls.planted import MARK, Planted

Value = Callable[[Planted], object]


def _row(label: str) -> Value:
    return lambda planted: planted.id_of(label)


# Parameter of an address → the victim's object it names. `url name:parameter` wins over the bare parameter.
PARAMETERS: dict[str, Value] = {
    "budget_id": _row("orders.approvalbudget"),
    "company_id": _row("partners.company"),
    "claim_id": _row("claims.claim"),
    "claims:file:file_id": _row("claims.claimfile"),
    "received:file:file_id": _row("claims.claimfile"),
    "shipment_id": _row("orders.shipment"),
    "connection_id": _row("exchange.connection"),
    "document_id": _row("finance.ledgerdocument"),
    "entity_id": _row("partners.legalentity"),
    "exchange_id": _row("exchange.exchange"),
    "file_id": _row("exchange.inboxfile"),
    "invitation_id": _row("partners.invitation"),
    "key_id": _row("accounts.apikey"),
    "media_id": _row("catalog.media"),
    "member_id": _row("partners.member"),
    "need_id": _row("orders.need"),
    "order_id": _row("orders.order"),
    "product_id": _row("catalog.product"),
    "question_id": _row("sellout.question"),
    "code_id": _row("sellout.codemapping"),
    "relation_id": _row("catalog.productrelation"),
    "address_id": _row("delivery.deliveryaddress"),
    "carrier_id": _row("delivery.carrier"),
    "parcel_id": _row("delivery.parcel"),
    "place_id": lambda planted: 1,
    "segment_id": _row("delivery.ordersegment"),
    "shipment": lambda planted: "no-such-shipment",
    "warehouse_id": _row("stock.warehouse"),
    "zone_id": _row("delivery.zone"),
    "report_id": _row("sellout.report"),
    "requisition_id": _row("orders.requisition"),
    "rule_id": _row("orders.approvalrule"),
    "substitution_id": _row("orders.approvalsubstitute"),
    "request_id": _row("partners.registrationrequest"),
    "session_id": _row("exchange.exchange"),
    "task_id": _row("base.task"),
    "terms_id": _row("partners.tradeterms"),
    "kind_id": _row("pricing.pricekind"),
    "selling:price-rule-end:rule_id": _row("pricing.discount"),
    "standing_id": _row("pricing.standing"),
    "what": lambda planted: "discount",
    "form": lambda planted: "csv",
    "number": lambda planted: getattr(planted.rows["orders.order"], "number", ""),
    "slug": lambda planted: getattr(planted.rows["exchange.connection"], "slug", ""),
    "edge": lambda planted: 160,
    "answer": lambda planted: "confirm",
    "selling:need-answer:answer": lambda planted: "drop",
    "choice": lambda planted: "drop",
    "deed": lambda planted: "approve",
    "secret": lambda planted: "no-such-secret",
    "token": lambda planted: "no-such-token",
    "key": lambda planted: "no-such-key",
    "uidb36": lambda planted: "zz",
    "pk": lambda planted: 1,
}

# Parameters that name no partner's object: an address with only these is nobody's in particular.
NOBODYS = frozenset(
    {"place_id", "edge", "form", "what", "answer", "choice", "deed", "secret", "token", "key", "uidb36", "pk"}
)


@dataclass(frozen=True)
class Address:
    """An address of the resolver: its name, its parameters."""

    name: str
    parameters: tuple[str, ...] = field(default=())

    @property
    def names_an_object(self) -> bool:
        return any(name not in NOBODYS for name in self.parameters)

    def path(self, planted: Planted) -> str:
        """The path with the victim's objects in it. KeyError: a parameter that PARAMETERS does not know."""
        values = {name: PARAMETERS.get(f"{self.name}:{name}", PARAMETERS[name])(planted) for name in self.parameters}
        return reverse(self.name, kwargs=values)


def every_address() -> list[Address]:
    """All addresses of the resolver, by name."""
    return sorted(set(_walk(get_resolver(), ())), key=lambda address: address.name)


def _walk(resolver: URLResolver, spaces: tuple[str, ...], above: tuple[str, ...] = ()) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        parameters = (*above, *_parameters(pattern))
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern, inner, parameters)
        elif isinstance(pattern, URLPattern):
            yield Address(":".join([*spaces, pattern.name or "nameless"]), parameters)


def _parameters(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    converters: dict[str, Any] = pattern.pattern.converters
    return tuple(converters) or tuple(pattern.pattern.regex.groupindex)


def harmful_form(planted: Planted) -> dict[str, object]:
    """What a stranger might post: every usual field, filled with the victim's ids and words."""
    company, entity = planted.dealer.company.pk, planted.dealer.entity.pk
    product = planted.id_of("catalog.product")
    return {
        "party": f"{company}-{entity}",
        "company": company,
        "company_id": company,
        "entity": entity,
        "entity_id": entity,
        "entity_ids": [entity],
        "seller": planted.seller.company.pk,
        "seller_id": planted.seller.company.pk,
        "product": product,
        "product_id": product,
        "value": product,
        "text": "ZZ-7F3",
        "code": "ZZ-7F3",
        "cell": "code",
        "quantity": "1",
        "other": product,
        "warehouse": planted.id_of("stock.warehouse"),
        "arrival": planted.id_of("stock.arrival"),
        "whom": f"e{entity}",
        "opens": "hidden",
        "figures": "exact",
        "kind": "substitute",
        "day": "2027-01-01",
        "wished_on": "2027-01-01",
        "chosen": [planted.id_of("orders.requisition"), planted.id_of("orders.order")],
        "version": 1,
        "user_id": planted.dealer.buyer.pk,
        "substitute_id": planted.dealer.head.pk,
        "first_day": "2027-01-01",
        "last_day": "2027-02-01",
        "owner": f"e{entity}",
        "period": "month",
        "currency": "RUB",
        "exempt_key_ids": [planted.id_of("accounts.apikey")],
        "email": planted.dealer.buyer.email,
        "name": "Чужой",
        "role": "viewer",
        "blocked": "1",
        "accept": "1",
        "reason": "нет",
        "words": "Мы вас видим",
        "section": "buying",
        "valid_from": "2027-01-01",
        "discount_percent": "50",
        "payment_delay_days": "10",
        "inn": "7707083893",
        "kpp": "773601001",
        "address": planted.id_of("delivery.deliveryaddress"),
        "pick": planted.id_of("delivery.carrier"),
        "file": planted.id_of("base.storedfile"),
        "typed": "Москва, ул. Чужая, 1",
        "how": "line",
        "amount": "100",
        "state": "delivered",
        "number": "ZZ-7F3",
        "language": "ru",
        "time_zone": "Europe/Moscow",
        "theme": "auto",
        "whose": "entity",
        "over_limit": "block",
        "when_overdue": "block",
        "grace_days": "1",
    }


__all__ = ["MARK", "PARAMETERS", "Address", "every_address", "harmful_form"]
