"""The table of payments goes: they stand in the ledger since `orders.0008_papers_into_ledger`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0002_ledger"),
        ("orders", "0008_papers_into_ledger"),
    ]

    operations = [migrations.DeleteModel(name="Payment")]
