"""An index of what open orders reserve, and the papers of orders up to now as documents of the ledger."""

from django.db import migrations, models

# Shipments raise the debt, payments lower it; contract and due day by the terms of the paper's day.
_PAPERS = """
    CREATE TEMPORARY TABLE papers ON COMMIT DROP AS
    SELECT p.*, e.company_id AS buyer_company_id, COALESCE(t.contract_number, '') AS contract,
        COALESCE(t.payment_delay_days, 0) AS delay
    FROM (
        SELECT seller_id, buyer_entity_id, order_id, number, shipped_on AS issued_on, total AS amount, total AS change,
            currency, recorded_at, 'shipment' AS kind FROM orders_shipment
        UNION ALL
        SELECT seller_id, buyer_entity_id, order_id, number, paid_on, amount, -amount, currency, recorded_at, 'payment'
        FROM finance_payment
    ) p
    JOIN partners_legalentity e ON e.id = p.buyer_entity_id
    LEFT JOIN LATERAL (
        SELECT contract_number, payment_delay_days FROM partners_tradeterms t
        WHERE t.seller_id = p.seller_id AND t.buyer_entity_id = p.buyer_entity_id AND t.valid_from <= p.issued_on
            AND (t.valid_to IS NULL OR t.valid_to > p.issued_on)
        ORDER BY t.valid_from DESC LIMIT 1
    ) t ON true;

    INSERT INTO finance_account (seller_id, buyer_company_id, buyer_entity_id, contract, currency, settled_by)
    SELECT DISTINCT seller_id, buyer_company_id, buyer_entity_id, contract, currency, 0 FROM papers;

    INSERT INTO finance_ledgerdocument (account_id, seller_id, buyer_entity_id, kind, external_id, number, issued_on,
        due_on, amount, change, rest, order_id, settles, note, is_void, source_time, digest, recorded_at)
    SELECT a.id, p.seller_id, p.buyer_entity_id, p.kind, '', p.number, p.issued_on,
        p.issued_on + CASE WHEN p.kind = 'shipment' THEN p.delay ELSE 0 END, p.amount, p.change, p.change, p.order_id, '[]', '',
        false, p.recorded_at, '', p.recorded_at
    FROM papers p
    JOIN finance_account a ON (a.seller_id, a.buyer_entity_id, a.contract, a.currency)
        = (p.seller_id, p.buyer_entity_id, p.contract, p.currency);

    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_first_orders"),
        ("finance", "0002_ledger"),
        ("partners", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("state__in", ["attention", "confirmed", "in_work", "partly_shipped", "placed"])),
                fields=["buyer_entity"],
                name="order_reserving",
            ),
        ),
        migrations.RunSQL(_PAPERS, migrations.RunSQL.noop),
    ]
