"""What a distributor's codes mean: the current list, what a code meant before, products to choose from."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zveno.base.scope import current
from zveno.catalog.queries.names import NamedProduct, find_in_range
from zveno.kit.codes import fold_code
from zveno.sellout.models import CodeMapping, Report
from zveno.sellout.queries.reports import code_mappings


def narrowed_codes(distributor_id: int, *, text: str = "", meaning: str = "") -> QuerySet[CodeMapping]:
    """The distributor's current codes that hold every word of `text` in the code, its name or the product, and mean a
    `product` or are `foreign`."""
    rows = code_mappings(distributor_id)
    if meaning:
        rows = rows.filter(product__isnull=meaning == "foreign")
    for word in text.split():
        rows = rows.filter(
            Q(key__icontains=fold_code(word) or word)
            | Q(told__icontains=word)
            | Q(name__icontains=word)
            | Q(product__code__icontains=word)
            | Q(product__name__icontains=word)
        )
    return rows


def find_code(code_id: int) -> CodeMapping | None:
    """A decision about a code, current or former, if the scope may see it."""
    rows = CodeMapping.objects.visible_to(current()).select_related("product", "decided_by")
    return rows.filter(pk=code_id).first()


def code_history(code: CodeMapping) -> list[CodeMapping]:
    """All decisions about the same code of the same distributor, newest first."""
    rows = CodeMapping.objects.visible_to(current()).filter(distributor_id=code.distributor_id, key=code.key)
    return list(rows.select_related("product", "decided_by").order_by("-decided_at", "-id"))


def suggest_range(*, distributor_id: int, text: str) -> list[NamedProduct]:
    """Products of the range that the distributor's last report was matched to, by a few letters. Two statements."""
    rows = Report.objects.visible_to(current()).filter(distributor_id=distributor_id, proposal__makers__isnull=False)
    makers = rows.order_by("-uploaded_at", "-id").values_list("proposal__makers", flat=True).first()
    return find_in_range(owner_ids=makers or [], text=text)
