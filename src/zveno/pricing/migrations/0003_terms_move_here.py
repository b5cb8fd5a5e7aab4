"""Price columns and discounts of trade terms become assignments and discounts, with their periods."""

from django.db import migrations

# ruff: noqa: S608 - composed of constants

_PERIOD = """
    t.valid_from::timestamp AT TIME ZONE s.time_zone, t.valid_to::timestamp AT TIME ZONE s.time_zone, now(), 'system'
    FROM partners_tradeterms t JOIN partners_company s ON s.id = t.seller_id
    WHERE (t.valid_to IS NULL OR t.valid_to > t.valid_from)
"""

COLUMNS = f"""
    INSERT INTO pricing_kindassignment (seller_id, buyer_entity_id, price_kind_id, rank, brand, contract_number,
        valid_from, valid_to, recorded_at, author_name)
    SELECT t.seller_id, t.buyer_entity_id, t.price_kind_id, 1, '', t.contract_number, {_PERIOD}
    AND t.price_kind_id IN (SELECT id FROM pricing_pricekind)
"""

DISCOUNTS = f"""
    INSERT INTO pricing_discount (seller_id, buyer_entity_id, layer, threshold, percent, currency, brand,
        contract_number, valid_from, valid_to, recorded_at, author_name)
    SELECT t.seller_id, t.buyer_entity_id, 'contract', 0, t.discount_percent, '', '', t.contract_number, {_PERIOD}
    AND t.discount_percent > 0
"""


class Migration(migrations.Migration):
    dependencies = [("pricing", "0002_rules_of_prices"), ("partners", "0001_initial")]

    operations = [
        migrations.RunSQL(COLUMNS, migrations.RunSQL.noop),
        migrations.RunSQL(DISCOUNTS, migrations.RunSQL.noop),
    ]
