"""By whose terms a requisition is looked at."""

from __future__ import annotations

from zveno.orders.errors import NoTerms
from zveno.partners.queries.actors import Actor, TermsValue


def terms_of_requisition(actor: Actor, entity_id: int, seller_id: int) -> TermsValue:
    """The terms between an entity that the actor sees and a seller, whichever entity they act for now.

    Raises NoTerms.
    """
    for terms in actor.terms:
        if terms.buyer_entity_id == entity_id and terms.seller_id == seller_id:
            return terms
    raise NoTerms()
