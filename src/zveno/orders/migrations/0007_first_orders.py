"""Whoever has an order that stands is no new buyer."""

from django.db import migrations

FIRST_ORDERS = """
    INSERT INTO pricing_firstorder (seller_id, buyer_entity_id, claimed_at)
    SELECT seller_id, buyer_entity_id, min(placed_at) FROM orders_order
    WHERE state NOT IN ('rejected', 'cancelled') GROUP BY 1, 2
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_wishes_of_requisitions"), ("pricing", "0003_terms_move_here")]

    operations = [migrations.RunSQL(FIRST_ORDERS, migrations.RunSQL.noop)]
