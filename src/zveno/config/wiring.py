"""What must join packages without their knowing each other: listeners of events, adapters of ports."""

from __future__ import annotations


def join() -> None:
    """Register every listener and adapter. Called once, when Django is ready."""
    from zveno.accounts.events import KeyRevoked
    from zveno.accounts.ports import join_admission
    from zveno.base.events import subscribe
    from zveno.delivery.events import CarrierAnswered, ParcelMoved
    from zveno.exchange import subscribers as exchange
    from zveno.finance.ports import join_open_orders
    from zveno.orders import subscribers as orders
    from zveno.orders.events import (
        NeedChosen,
        OrderChanged,
        OrderFollowed,
        OrderPlaced,
        RequisitionApproved,
        RequisitionDecided,
        RequisitionWaits,
        SupplyHeld,
    )
    from zveno.orders.queries.holding import orders_holding
    from zveno.orders.queries.reserved_credit import reserved_credit
    from zveno.partners import subscribers as partners
    from zveno.partners.events import MemberBlocked, PersonInvited, RegistrationDecided
    from zveno.partners.queries.admission import has_place
    from zveno.stock.events import PromiseShaken, SupplyCame, SupplyShort
    from zveno.stock.ports import join_holding

    join_admission(has_place)
    join_open_orders(reserved_credit)
    join_holding(orders_holding)
    subscribe(KeyRevoked, exchange.expect_nothing_of)
    subscribe(PersonInvited, partners.mail_the_invited)
    subscribe(RegistrationDecided, partners.mail_the_applicant)

    subscribe(OrderPlaced, orders.promise_soon)
    subscribe(OrderPlaced, exchange.send_to_erp)
    subscribe(OrderFollowed, orders.weigh_soon)
    subscribe(OrderChanged, orders.release_when_over)
    subscribe(OrderChanged, orders.weigh_when_void)
    subscribe(OrderChanged, exchange.send_to_erp)
    subscribe(NeedChosen, orders.do_as_chosen)
    subscribe(PromiseShaken, orders.look_again_at)
    subscribe(SupplyCame, orders.cover_needs)
    subscribe(SupplyShort, orders.settle_later)
    subscribe(RequisitionWaits, orders.ask_for_approval)
    subscribe(RequisitionApproved, orders.place_the_approved)
    subscribe(RequisitionDecided, orders.tell_the_author)
    subscribe(MemberBlocked, orders.pass_on_what_is_left)

    subscribe(SupplyHeld, orders.plan_delivery_of)
    subscribe(CarrierAnswered, orders.plan_delivery_of)
    subscribe(OrderChanged, orders.bring_nothing_when_void)
    subscribe(ParcelMoved, orders.tell_of_parcel)
