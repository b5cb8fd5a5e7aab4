"""The small world of the journeys, written into the house's own database; prints the ids as JSON."""

from __future__ import annotations

import json
import os
from datetime import timedelta


def main() -> None:
    """Bring the database up to date and fill it: an operator, its sales house, a distributor, two dealers."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zveno.config.settings"
    from zveno.base import embedded

    os.environ["DATABASE_URL"] = embedded.start().url(user=embedded.OWNER)
    import django

    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from zveno.accounts.models import User
    from zveno.config.migrate import migrate
    from zveno.exchange.models import Connection

    migrate()
    from tests import world
    from tests.claims.ground import shipment
    from tests.deals import Deal
    from tests.delivery import ground

    operator = world.operator("Завод «Светлый дом»")
    house = world.seller("Торговый дом «Светлый дом»")
    distributor = world.seller("Волга-Электро", distributor=True)
    dealer, stranger = world.dealer("Салон «Лампа»"), world.dealer("Чужой салон")
    kind = world.price_kind(house, "Дилерская")
    for partner in (dealer, distributor, stranger):
        world.terms(house, partner.entity, price_kind=kind)
    warehouse = world.warehouse(house)
    group = world.category(house, "Светильники")
    today = timezone.localdate()
    golden = world.product(house, "Светильник «Заря» 12 Вт", code="ZR-1200", category=group)
    world.price(kind, golden, "1500.00")
    world.balance(warehouse, golden, 50)
    world.arrival(warehouse, golden, 70, due_on=today + timedelta(days=8))
    for number in range(24):
        product = world.product(house, f"Лампа «Луч» {5 + number} Вт E27", code=f"LU-{100 + number}", category=group)
        world.price(kind, product, f"{120 + number}.50")
        world.balance(warehouse, product, 1000)
    Connection.objects.create(
        seller=house.company,
        name="1С Торговый дом",
        slug="house",
        login="exchange",
        password_hash=make_password("exchange-pass-1"),
    )
    channel = ground.golden()
    channel.address.delete()
    for name, place, weight_g, volume_cm3 in (
        ("Люстра", "krasnodar", 4000, 40_000),
        ("Кабель", "moscow", 30_000, 60_000),
    ):
        sent = channel.deal.product(name=name, weight_g=weight_g, volume_cm3=volume_cm3)
        world.balance(getattr(channel, place), sent, 1000)
    left = shipment(Deal(house, dealer, kind, warehouse), (golden, 12), number="РТУ-41", shipped_on=today)
    people = {
        "admin": operator.admin,
        "manager": house.manager,
        "distributor": distributor.head,
        "head": dealer.head,
        "buyer": dealer.buyer,
        "viewer": dealer.viewer,
        "stranger": stranger.head,
        "far_buyer": channel.deal.dealer.buyer,
        "far_manager": channel.deal.seller.manager,
    }
    User.objects.filter(pk__in=[person.pk for person in people.values()]).update(language="ru")
    print(
        json.dumps(
            {
                "people": {role: person.email for role, person in people.items()},
                "password": world.PASSWORD,
                "wished_on": (today + timedelta(days=10)).isoformat(),
                "golden": golden.pk,
                "shipment": left.number,
            }
        )
    )


if __name__ == "__main__":
    main()
