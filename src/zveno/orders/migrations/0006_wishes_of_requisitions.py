"""A requisition keeps how its order shall come: in parts, from one warehouse, its lines by days of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_needs"), ("stock", "0003_fill_ledger")]

    operations = [
        migrations.AddField("requisition", "in_parts", models.BooleanField(default=True)),
        migrations.AddField(
            "requisition",
            "warehouse",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stock.warehouse"
            ),
        ),
        migrations.AddField("requisitionline", "wished_on", models.DateField(null=True)),
    ]
