"""A maker, its sales house, a distributor and a dealer with sales between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from tests import world

from zveno.base.models import StoredFile
from zveno.catalog.models import Category, Product
from zveno.insight.queries.chain import Narrowing, monthly
from zveno.insight.rules.spans import Span, span_of
from zveno.insight.rules.tables import Figure
from zveno.orders.models import Shipment, ShipmentLine
from zveno.partners.models import LegalEntity
from zveno.sellout.models import Report, ReportLine

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SPAN: Span = span_of(today=NOW.date(), count=12)


@dataclass(frozen=True, slots=True)
class Channel:
    """Who sells to whom."""

    operator: world.Partner
    house: world.Partner
    distributor: world.Partner
    dealer: world.Partner
    lamps: Category
    lamp: Product

    def narrowing(self, **fields: object) -> Narrowing:
        makers = (self.operator.company.pk, self.house.company.pk)
        return Narrowing(makers=makers, **fields)  # type: ignore[arg-type]

    def figures(self, step: str, key: str = "distributor", **fields: object) -> dict[int, Figure]:
        """Key → what was sold in the period."""
        found: dict[int, Figure] = {}
        for cell in monthly(step=step, key=key, span=SPAN, narrowing=self.narrowing(**fields)):
            if cell.month is not None:
                found[cell.key] = found.get(cell.key, Figure()) + cell.figure
        return found


def channel() -> Channel:
    """The partners, each with a place, and one product in a group."""
    house = world.seller("Торговый дом")
    lamps = world.category(house, "Лампы")
    made = Channel(
        operator=world.operator(),
        house=house,
        distributor=world.seller("Дистрибьютор «Север»", distributor=True),
        dealer=world.dealer("Салон"),
        lamps=lamps,
        lamp=world.product(house, "Лампа", category=lamps),
    )
    for partner, name in ((made.distributor, "Мурманск"), (made.dealer, "Вологда")):
        partner.company.region = partner.entity.region = world.region(name)
        partner.company.save()
        partner.entity.save()
    return made


def ship(
    seller: world.Partner, buyer: LegalEntity, product: Product, quantity: int, on: date, **fields: str
) -> Shipment:
    """Goods that left, at a hundred a piece."""
    total = Decimal(quantity * 100)
    made = Shipment.objects.create(
        seller=seller.company, buyer_entity=buyer, number="РТУ-1", shipped_on=on, total=total, recorded_at=NOW, **fields
    )
    ShipmentLine.objects.create(
        shipment=made, seller=seller.company, buyer_entity=buyer, product=product, name=product.name, quantity=quantity,
        price=100, total=total,
    )  # fmt: skip
    return made


def report(
    distributor: world.Partner, lines: list[dict[str, object]], *, starts_on: date, ends_on: date, state: str = "ready"
) -> Report:
    """A distributor's report with its lines, not counted yet."""
    file = StoredFile.objects.create(
        company_id=distributor.company.pk, name="октябрь.xlsx", sha256="0" * 64, size=1, stored_at=NOW
    )
    made = Report.objects.create(
        distributor=distributor.company, file=file, state=state, period_from=starts_on, period_to=ends_on,
        uploaded_at=NOW, sheet="Продажи",
    )  # fmt: skip
    for at, told in enumerate(lines, 2):
        fields = {"quantity": 1, "price": 150, "total": 150, "sold_on": starts_on, "matched_by": "article", **told}
        ReportLine.objects.create(report=made, distributor=distributor.company, sheet="Продажи", row=at, **fields)
    return made
