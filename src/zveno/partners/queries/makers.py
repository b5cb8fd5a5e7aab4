"""Which companies own the manufacturer's range: the operator itself and its own sales houses."""

from __future__ import annotations

from django.db.models import Q

from zveno.partners.models import Company


def maker_company_ids() -> list[int]:
    """Ids of the operator and of the sellers that are nobody's distributor. Reads past the scope: product knowledge is
    shared, and a distributor's codes are resolved to it."""
    companies = Company.objects.unscoped("whose products sell-out is resolved to")
    return list(
        companies.filter(Q(is_operator=True) | Q(is_seller=True, is_distributor=False)).values_list("pk", flat=True)
    )
