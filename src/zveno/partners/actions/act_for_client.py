"""A seller's manager begins or ends acting for a client."""

from __future__ import annotations

from datetime import datetime

from zveno.base import audit
from zveno.base.tx import in_transaction
from zveno.partners.errors import PartnerUnknown
from zveno.partners.models import LegalEntity
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.clients import client_entity


@in_transaction
def act_for_client(*, actor: Actor, entity_id: int, now: datetime) -> LegalEntity:
    """Keep that the manager begins to act for the client's entity. `find_actor` checks the terms again on each request.

    Raises PartnerUnknown unless the entity buys from the manager's company today.
    """
    entity = client_entity(seller_id=actor.company_id, entity_id=entity_id, time_zone=actor.time_zone)
    if entity is None:
        raise PartnerUnknown
    audit.record(
        action="acting_began",
        subject=entity,
        now=now,
        company_id=entity.company_id,
        seller_id=actor.company_id,
        entity=entity.name,
        seller=actor.company_name,
    )
    return entity
