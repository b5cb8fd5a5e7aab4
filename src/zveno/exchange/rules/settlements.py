"""Documents of a deal as settlements: what of a document's telling concerns the debt alone."""

from __future__ import annotations

from collections.abc import Sequence

from zveno.exchange.rules.messages import (
    CounterpartyMessage,
    DocumentKind,
    DocumentMessage,
    Role,
    SettlementKind,
    SettlementMessage,
)

_KINDS = {
    DocumentKind.SHIPMENT: SettlementKind.SHIPMENT,
    DocumentKind.RETURN: SettlementKind.RETURN,
    DocumentKind.PAYMENT: SettlementKind.PAYMENT,
    DocumentKind.REFUND: SettlementKind.REFUND,
}
# No order changes by these; shipments and payments of an order are told with it.
ONLY_SETTLES = frozenset({DocumentKind.RETURN, DocumentKind.REFUND})


def settlement_of(document: DocumentMessage, counterparties: Sequence[CounterpartyMessage]) -> SettlementMessage | None:
    """The document as a settlement with its buyer; None for kinds that owe nothing, drafts, and where a sum, a day or
    the buyer is missing. A cancelled one is told as gone.
    """
    buyer = next((one for one in counterparties if one.role is Role.BUYER), None)
    if buyer is None and len(counterparties) == 1:
        buyer = counterparties[0]
    kind = _KINDS.get(document.kind)
    if kind is None or buyer is None or document.total is None or document.issued_on is None:
        return None
    if document.posted is False and not (document.deleted or document.cancelled):
        return None
    return SettlementMessage(
        external_id=document.external_id,
        kind=kind,
        buyer=buyer,
        number=document.erp_number or document.number or document.external_id,
        issued_on=document.issued_on,
        amount=document.total,
        currency=document.currency,
        contract=document.agreement,
        due_on=document.pay_by,
        order_external_id=document.order_external_id,
        comment=document.comment,
        deleted=bool(document.deleted or document.cancelled),
    )
