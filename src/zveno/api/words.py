"""What can be wrong with a call, in the caller's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.ui import words

_SENTENCES = {
    "key_refused": _("The key is missing, unknown or revoked. Send it as “Authorization: Bearer …”."),
    "key_lacks_right": _("The person this key belongs to has no right to this: %(right)s."),
    "key_of_other_section": _("This address is for keys of the section “%(section)s”."),
    "nothing_here": _("There is no such thing here, or it is not yours to see."),
    "seller_missing": _("You buy from several sellers: say which by “seller”, one of %(sellers)s."),
    "idempotency_key_missing": _("Send the header Idempotency-Key, 1 to %(most)s characters, new for each order."),
    "carrier_not_named": _("“%(told)s” is no carrier: send its id, “cheapest” or “fastest”."),
    "product_not_named": _("Name the product by “product_id” or by “code”."),
    "product_code_unknown": _("“%(code)s” is no code and no barcode of this seller."),
    "warehouse_unknown": _("“%(warehouse)s” is no warehouse of yours."),
    "product_code_ambiguous": _("“%(code)s” may mean several products: %(product_ids)s. Name one by “product_id”."),
}


def register() -> None:
    """Let faults of the API speak."""
    words.register(_SENTENCES)
