"""What a full export did not mention leaves the seller's list."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.actions.withdraw_listings import withdraw_listings
from zveno.exchange.applying.refs import Refs
from zveno.exchange.errors import ExportIncomplete
from zveno.exchange.models import Exchange, InboxFile


@in_transaction
def withdraw_unseen(*, exchange: Exchange, now: datetime) -> int:
    """Hide what the session's full export did not tell; how many products were on the list until now.

    An export of changes only, or an empty one, says nothing of what it leaves out: nothing is hidden. Variants are
    hidden only where a full list of offers came too. Raises ExportIncomplete when files of the session were refused.
    """
    files = list(
        InboxFile.objects.visible_to(current()).filter(exchange=exchange, content="messages").order_by("position")
    )
    refused = [file.name for file in files if file.state == "refused"]
    if refused:
        raise ExportIncomplete(files=", ".join(refused[:5]))
    if not any("full_catalog" in file.counts for file in files):
        return 0
    refs = Refs(exchange.connection_id, exchange.seller_id)
    hidden = withdraw_listings(
        seller_id=exchange.seller_id,
        product_ids=refs.unseen("product", exchange_id=exchange.pk),
        with_variants=any("full_offers" in file.counts for file in files),
    )
    if hidden:
        record(action="listings_withdrawn", subject=exchange, now=now, seller_id=exchange.seller_id, products=hidden)
    return hidden
