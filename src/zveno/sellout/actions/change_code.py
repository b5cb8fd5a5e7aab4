"""A remembered code is corrected or forgotten; what it meant before stays readable."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.queries.names import product_exists
from zveno.kit.errors import NotFound
from zveno.sellout.models import CodeMapping


@in_transaction
def change_code(*, code_id: int, product_id: int | None, now: datetime) -> CodeMapping:
    """From now on the code means this product, or (None) nothing of the manufacturer's. Accepted reports keep what they
    said. Repeating it changes nothing. Raises NotFound for a code or product that is not there."""
    code = _current_code(code_id)
    if product_id is not None and not product_exists(product_id):
        raise NotFound(product=product_id)
    if code.product_id == product_id:
        return code
    _close(code, now)
    changed = CodeMapping.objects.create(
        distributor_id=code.distributor_id,
        key=code.key,
        told=code.told,
        name=code.name,
        product_id=product_id,
        decided_by_id=current().user_id,
        how="corrected",
        decided_at=now,
    )
    _record("code_changed", changed, now)
    return changed


@in_transaction
def forget_code(*, code_id: int, now: datetime) -> CodeMapping:
    """The code means nothing any more: the next report asks about it again. Raises NotFound."""
    code = _current_code(code_id)
    _close(code, now)
    _record("code_forgotten", code, now)
    return code


@in_transaction
def recall_code(*, code_id: int, now: datetime) -> CodeMapping:
    """Undo forgetting: the decision holds again unless another was made meanwhile. Raises NotFound."""
    rows = CodeMapping.objects.visible_to(current()).select_for_update(of=("self",))
    code = rows.filter(pk=code_id).first()
    if code is None:
        raise NotFound(code=code_id)
    same = CodeMapping.objects.visible_to(current()).filter(distributor_id=code.distributor_id, key=code.key)
    if code.replaced_at is not None and not same.filter(replaced_at=None).exists():
        code.replaced_at = None
        code.save(update_fields=["replaced_at"])
        _record("code_recalled", code, now)
    return code


def _current_code(code_id: int) -> CodeMapping:
    rows = CodeMapping.objects.visible_to(current()).select_for_update(of=("self",))
    code = rows.filter(pk=code_id, replaced_at=None).first()
    if code is None:
        raise NotFound(code=code_id)
    return code


def _close(code: CodeMapping, now: datetime) -> None:
    code.replaced_at = now
    code.save(update_fields=["replaced_at"])


def _record(action: str, code: CodeMapping, now: datetime) -> None:
    record(
        action=action,
        subject=code,
        now=now,
        company_id=code.distributor_id,
        seller_id=code.distributor_id,
        key=code.key,
        product_id=code.product_id,
    )
