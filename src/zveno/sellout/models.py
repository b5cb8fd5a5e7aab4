"""Tables of sell-out: reports, their lines down to the row of the file, remembered layouts and code maps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zveno.base.walls import Rows, Walled, Walls

# The distributor reads its own; the manufacturer reads on the desk.
_OWN = Walls(
    buying=Rows("distributor_id", "companies"),
    selling=Rows("distributor_id", "companies"),
)


class Layout(Walled):
    """How a distributor's file with this signature is to be read; used silently while the signature stays."""

    walls = _OWN

    distributor = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    header = models.JSONField(default=list)
    mapping = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["distributor", "signature"], condition=Q(replaced_at=None), name="layout_one_current"
            ),
        )


class CodeMapping(Walled):
    """That a distributor means this product of the manufacturer by its code (or, without a code, by its name).

    `product` empty: decided not to be the manufacturer's. Dated, never overwritten: a correction closes the old one.
    """

    walls = _OWN

    distributor = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=300)
    # The code as the distributor writes it; the key is folded for comparing.
    told = models.CharField(max_length=200, blank=True, default="", db_default="")
    name = models.CharField(max_length=500, blank=True)
    product = models.ForeignKey("catalog.Product", null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20)
    decided_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["distributor", "key"], condition=Q(replaced_at=None), name="code_mapping_one_current"
            ),
        )


class Report(Walled):
    """A distributor's sales for a period as uploaded. Its lines count only once it is accepted."""

    walls = _OWN

    distributor = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12,
        choices=[
            (s, s) for s in ("reading", "mapping", "taking", "asking", "ready", "accepted", "refused", "withdrawn")
        ],
    )
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    currency = models.CharField(max_length=3, default="RUB")
    sheet = models.CharField(max_length=200, blank=True)
    signature = models.CharField(max_length=64, blank=True)
    mapping = models.JSONField(null=True)
    proposal = models.JSONField(null=True)
    summary = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["distributor", "-uploaded_at"], name="report_distributor"),)


class Question(Walled):
    """A product that a report's lines name and that is not known for certain: what they say, and the candidates.

    `candidates`: list of {"product_id", "score", "reason", "params"}, best first. Answered once, for all its lines.
    """

    walls = _OWN

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="questions")
    distributor = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    asked = models.CharField(max_length=300)
    code = models.CharField(max_length=200, blank=True)
    article = models.CharField(max_length=200, blank=True)
    barcode = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=500, blank=True)
    lines = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    verdict = models.CharField(max_length=8)
    candidates = models.JSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True, choices=[(a, a) for a in ("product", "foreign", "later")])
    product = models.ForeignKey("catalog.Product", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "asked"], name="question_once"),)


class ReportLine(Walled):
    """One sale or return, with the sheet and row it was read from. Returns have a negative quantity and sum."""

    walls = _OWN

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    distributor = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=4, blank=True)
    sold_on = models.DateField(null=True)
    code = models.CharField(max_length=200, blank=True)
    article = models.CharField(max_length=200, blank=True)
    barcode = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=500, blank=True)
    product = models.ForeignKey("catalog.Product", null=True, on_delete=models.PROTECT, related_name="+")
    # What the line says about its product, folded: lines that say the same are asked about once.
    asked = models.CharField(max_length=300, blank=True)
    matched_by = models.CharField(max_length=20, blank=True)
    quantity = models.DecimalField(max_digits=16, decimal_places=3, null=True)
    unit = models.CharField(max_length=40, blank=True)
    price = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    total = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    customer = models.CharField(max_length=300, blank=True)
    customer_inn = models.CharField(max_length=12, blank=True)
    region = models.CharField(max_length=200, blank=True)
    outlet = models.CharField(max_length=300, blank=True)
    document = models.CharField(max_length=60, blank=True)
    is_counted = models.BooleanField(default=False)
    findings = models.JSONField(default=list)

    class Meta:
        indexes = (
            models.Index(fields=["report", "sheet", "row"], name="report_line_place"),
            models.Index(fields=["sold_on", "distributor"], condition=Q(is_counted=True), name="report_line_counted"),
            models.Index(fields=["product", "sold_on"], condition=Q(is_counted=True), name="report_line_product"),
        )
