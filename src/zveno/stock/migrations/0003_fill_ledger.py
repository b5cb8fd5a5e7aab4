"""What stood before there was a ledger: reservations get their day, the counters their first entries."""

from django.db import migrations

_RESERVATIONS = """
    UPDATE stock_reservation AS held SET placed_at = held.created_at, due_on = greatest(
        held.created_at::date,
        coalesce((SELECT arrival.due_on FROM stock_arrival AS arrival WHERE arrival.id = held.arrival_id),
                 held.created_at::date))
"""
_SHELVES = """
    INSERT INTO stock_movement
        (seller_id, warehouse_id, product_id, at, kind, quantity, held, document, actor_name, entries)
    SELECT seller_id, warehouse_id, product_id, confirmed_at, 'count', on_hand, reserved, '', 'system', 1
    FROM stock_balance WHERE on_hand <> 0 OR reserved <> 0
"""
_ARRIVALS = """
    INSERT INTO stock_movement
        (seller_id, warehouse_id, product_id, arrival_id, at, kind, quantity, held, document, actor_name, entries)
    SELECT seller_id, warehouse_id, product_id, id, confirmed_at, 'announced', quantity, reserved, source_number,
        'system', 1
    FROM stock_arrival WHERE closed_at IS NULL AND (quantity <> 0 OR reserved <> 0)
"""
_POLICIES = """
    INSERT INTO stock_supplypolicy (seller_id, confirmed_as, planned_as, produced_as, few_below, many_from,
        stale_after_hours, shortage_grace_minutes, heard_at)
    SELECT seller_id, 'promise', 'ask', 'ask', 10, 100, 72, 15, max(confirmed_at)
    FROM stock_balance GROUP BY seller_id
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0002_openings_ledger")]

    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (_RESERVATIONS, _SHELVES, _ARRIVALS, _POLICIES)
    ]
