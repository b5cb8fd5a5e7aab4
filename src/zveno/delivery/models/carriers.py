"""Who carries for a seller and for how much. Terms and tariffs carry periods: what is changed ends."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, ShownSecret, Walled, Walls
from zveno.delivery.models.places import Place
from zveno.delivery.rules.tariffs import Extra

# What a seller says of its delivery, and its buyers read.
_SELLERS = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))


class Carrier(Walled):
    """Who carries for a seller: by a tariff table, its own vehicle, the buyer itself, or a plugin named by `kind`.

    `tracking_url` holds `{number}`. `secret_sha256` is the digest of the secret in the address of its webhook.
    """

    walls = Walls(
        nobody=ShownSecret("secret_sha256"),
        buying=Rows("seller_id", "sellers", READ_ONLY),
        selling=Rows("seller_id", "sellers"),
    )

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, default="tariff")
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    tracking_url = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    secret_sha256 = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["seller", "name"], name="carrier_name_once"),)

    def __str__(self) -> str:
        return self.name


class CarrierAccount(Walled):
    """How a seller signs in with a carrier's own system. `sealed` holds the secrets, readable by this house alone."""

    walls = Walls(selling=Rows("seller_id", "sellers"), desk=None)

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    carrier = models.OneToOneField(Carrier, on_delete=models.CASCADE, related_name="account")
    options = models.JSONField(default=dict)
    sealed = models.TextField(blank=True)


class CarrierTerms(Walled):
    """How a carrier counts within a period of days (`Terms` of the rules)."""

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="terms")
    currency = models.CharField(max_length=3, default="RUB")
    kg_per_m3 = models.DecimalField(max_digits=7, decimal_places=2, default=0)
    weekdays = models.CharField(max_length=7, default="1234567")
    cut_off_hour = models.PositiveSmallIntegerField(null=True)
    prepare_days = models.PositiveSmallIntegerField(default=0)
    days_work = models.BooleanField(default=True)
    free_from = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    vat_percent = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    vat_included = models.BooleanField(default=True)
    road_factor = models.DecimalField(max_digits=4, decimal_places=2, default="1.25")
    heaviest_piece_kg = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["carrier"], condition=Q(valid_to=None), name="carrier_terms_one_open"),
        )


class Zone(Walled):
    """A named set of places; of one carrier, or (`carrier` is `None`) for all carriers of the seller."""

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, null=True, on_delete=models.CASCADE, related_name="zones")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["seller", "carrier", "name"], name="zone_name_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return self.name


class ZoneMember(Walled):
    """An entry of a zone: a place, a region by its code, or neither: everywhere."""

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="members")
    place = models.ForeignKey(Place, null=True, on_delete=models.CASCADE, related_name="+")
    region_code = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = (models.Index(fields=["seller", "place", "region_code"], name="zone_member_place"),)


class TariffRow(Walled):
    """A price of a carrier between two zones, for a band of weight, within a period (`Band` of the rules)."""

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="tariff")
    from_zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    to_zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    over_kg = models.DecimalField(max_digits=10, decimal_places=3, default=0)
    upto_kg = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    upto_m3 = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    per_kg = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    per_km = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    minimum = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    days_min = models.PositiveSmallIntegerField()
    days_max = models.PositiveSmallIntegerField()
    weekdays = models.CharField(max_length=7, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["carrier", "from_zone", "to_zone", "over_kg", "upto_m3"],
                condition=Q(valid_to=None),
                nulls_distinct=False,
                name="tariff_row_one_open",
            ),
        )
        indexes = (models.Index(fields=["to_zone", "from_zone"], name="tariff_row_way"),)


class CarrierSurcharge(Walled):
    """Something on top of a carrier's tariff, within a period (`Surcharge` of the rules)."""

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="surcharges")
    extra = models.CharField(max_length=10, choices=[(e.value, e.value) for e in Extra])
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    over_kg = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    over_m3 = models.DecimalField(max_digits=10, decimal_places=4, null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["carrier", "extra"], condition=Q(valid_to=None), name="surcharge_one_open"),
        )


class SellerDelivery(Walled):
    """What a seller's delivery as a whole goes by: which attribute of a product says that it is fragile."""

    walls = _SELLERS

    seller = models.OneToOneField("partners.Company", on_delete=models.PROTECT, related_name="+")
    fragile_attribute = models.CharField(max_length=200, blank=True)


class LiveQuote(Walled):
    """What a carrier's own system told for such a way and load; asked by a job, read by everyone of the seller's.

    `weight_g` and `volume_cm3` are those asked for, rounded up (see `rules.asking`).
    """

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="+")
    from_place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    to_place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    weight_g = models.PositiveIntegerField()
    volume_cm3 = models.PositiveIntegerField()
    service = models.CharField(max_length=60, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    days_min = models.PositiveSmallIntegerField(default=0)
    days_max = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["carrier", "from_place", "to_place", "weight_g", "volume_cm3"], name="live_quote_once"
            ),
        )


class CarrierMessage(Walled):
    """What a carrier's system sent by itself, as it came; applied by a job, once however often it is sent."""

    walls = Walls(selling=Rows("seller_id", "sellers"), desk=None)

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="+")
    received_at = models.DateTimeField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    applied_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["carrier", "sha256"], name="carrier_message_once"),)
