"""Price column and discount are terms of pricing now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_initial"),
        ("pricing", "0003_terms_move_here"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="tradeterms",
            name="discount_percent",
        ),
        migrations.RemoveField(
            model_name="tradeterms",
            name="price_kind_id",
        ),
    ]
