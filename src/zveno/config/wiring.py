"""What must join packages without their knowing each other: listeners of events, adapters of ports."""

from __future__ import annotations


def join() -> None:
    """Register every listener and adapter. Called once, when Django is ready."""
    from zveno.base.events import subscribe
    from zveno.orders import subscribers as orders
    from zveno.orders.events import OrderChanged, OrderPlaced

    subscribe(OrderPlaced, orders.promise_soon)
    subscribe(OrderChanged, orders.release_when_over)
