"""Tables of orders, by theme: carts and orders, what they are searched by, notes, approval, requisitions."""

from zveno.orders.models.approval import ApprovalBudget, ApprovalRule, ApprovalSettings, ApprovalSubstitute
from zveno.orders.models.note import OrderNote
from zveno.orders.models.order import (
    Cart,
    CartLine,
    Need,
    Order,
    OrderCounter,
    OrderEvent,
    OrderLine,
    Shipment,
    ShipmentLine,
)
from zveno.orders.models.requisition import (
    Requisition,
    RequisitionAsk,
    RequisitionDecision,
    RequisitionEvent,
    RequisitionLine,
)
from zveno.orders.models.search import OrderWord

__all__ = [
    "ApprovalBudget",
    "ApprovalRule",
    "ApprovalSettings",
    "ApprovalSubstitute",
    "Cart",
    "CartLine",
    "Need",
    "Order",
    "OrderCounter",
    "OrderEvent",
    "OrderLine",
    "OrderNote",
    "OrderWord",
    "Requisition",
    "RequisitionAsk",
    "RequisitionDecision",
    "RequisitionEvent",
    "RequisitionLine",
    "Shipment",
    "ShipmentLine",
]
