"""How a seller signs in with a carrier's own system, and the secret address at which that system may speak."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.sealed import seal, unseal
from zveno.base.tx import in_transaction
from zveno.delivery.actions.save_carrier import locked_carrier
from zveno.delivery.errors import AccountIncomplete, CarrierHasNoSystem
from zveno.delivery.models import CarrierAccount
from zveno.delivery.ports import carrier_plugin
from zveno.delivery.queries.secrets import webhook_digest


@in_transaction
def set_carrier_account(*, seller_id: int, carrier_id: int, options: Mapping[str, str], now: datetime) -> None:
    """Keep the options of the carrier's plugin; a secret left empty stays as it was.

    Raises CarrierNotFound, CarrierHasNoSystem, AccountIncomplete.
    """
    carrier = locked_carrier(carrier_id=carrier_id, seller_id=seller_id)
    plugin = carrier_plugin(carrier.kind)
    if plugin is None:
        raise CarrierHasNoSystem(carrier=carrier.name)
    rows = CarrierAccount.objects.visible_to(current()).filter(carrier=carrier)
    account = rows.first() or CarrierAccount(seller_id=seller_id, carrier=carrier)
    kept = unseal(account.sealed)
    for option in plugin.options:
        told = options.get(option.name, "").strip()
        if option.kind == "secret":
            kept[option.name] = told or kept.get(option.name, "")
        else:
            account.options[option.name] = told or option.default
        if option.needed and not (kept if option.kind == "secret" else account.options).get(option.name):
            raise AccountIncomplete(lacks=str(option.label), field=option.name)
    account.sealed = seal(kept)
    account.save()
    record(
        action="carrier_account_set", subject=carrier, now=now, company_id=seller_id, seller_id=seller_id,
        name=carrier.name,
    )  # fmt: skip


@in_transaction
def renew_webhook_secret(*, seller_id: int, carrier_id: int, now: datetime) -> str:
    """A new secret for the address of the carrier's messages, shown once; the old one stops working.

    Raises CarrierNotFound, CarrierHasNoSystem.
    """
    carrier = locked_carrier(carrier_id=carrier_id, seller_id=seller_id)
    if carrier_plugin(carrier.kind) is None:
        raise CarrierHasNoSystem(carrier=carrier.name)
    secret = secrets.token_urlsafe(32)
    carrier.secret_sha256 = webhook_digest(secret)
    carrier.save(update_fields=["secret_sha256"])
    record(
        action="webhook_secret_renewed", subject=carrier, now=now, company_id=seller_id, seller_id=seller_id,
        name=carrier.name,
    )  # fmt: skip
    return secret
