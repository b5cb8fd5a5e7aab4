"""What must hold of the books of stock at any moment: counters, reservations and ledger say the same."""

from __future__ import annotations

from django.db.models import Sum

from zveno.stock.models import Arrival, Balance, Movement, Reservation


def check_books(*, over: bool = False) -> None:
    """Counters equal the active reservations and the sums of the ledger; unless `over`, nothing is held beyond what
    there is.
    """
    active = Reservation.objects.unscoped("a test looks").filter(state="active")
    for balance in Balance.objects.unscoped("a test looks"):
        place = {"product_id": balance.product_id, "warehouse_id": balance.warehouse_id, "arrival": None}
        held = active.filter(**place).aggregate(sum=Sum("quantity"))["sum"] or 0
        assert balance.reserved == held, "what a shelf holds"
        assert entries(**place) == (balance.on_hand, balance.reserved), "the ledger of a shelf"
        assert over or balance.reserved <= max(balance.on_hand, 0)
    for arrival in Arrival.objects.unscoped("a test looks"):
        held = active.filter(arrival=arrival).aggregate(sum=Sum("quantity"))["sum"] or 0
        assert arrival.reserved == held, "what an arrival holds"
        expected = (arrival.quantity, arrival.reserved) if arrival.closed_at is None else (0, 0)
        assert entries(arrival=arrival) == expected, "the ledger of an arrival"
        assert over or arrival.reserved <= arrival.quantity


def entries(**supply: object) -> tuple[object, object]:
    """The sums of a supply's entries: what lies or comes, what is held of it."""
    told = Movement.objects.unscoped("a test looks").filter(**supply)
    sums = told.aggregate(quantity=Sum("quantity"), held=Sum("held"))
    return sums["quantity"] or 0, sums["held"] or 0
