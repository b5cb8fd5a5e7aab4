"""The digest of what was placed under a key, and when an order was first decided."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="order", name="content_digest", field=models.CharField(blank=True, default="", max_length=64)
        ),
        migrations.AddField(model_name="order", name="decided_at", field=models.DateTimeField(null=True)),
    ]
