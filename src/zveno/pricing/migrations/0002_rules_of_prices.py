"""Prices with planned ends, agreed prices, columns and discounts by rule, standings, combination and rounding."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import zveno.pricing.models.periods


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_media_source"),
        ("partners", "0001_initial"),
        ("pricing", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BuyerStanding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("author_name", models.CharField(max_length=200)),
                (
                    "source",
                    models.CharField(choices=[("rule", "rule"), ("erp", "erp"), ("manager", "manager")], max_length=8),
                ),
                ("reason", models.JSONField(default=dict)),
                ("is_held", models.BooleanField(default=False)),
                ("held_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Combination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("author_name", models.CharField(max_length=200)),
                (
                    "mode",
                    models.CharField(
                        choices=[("largest", "largest"), ("chain", "chain"), ("sum", "sum")], max_length=8
                    ),
                ),
                ("cap_percent", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Discount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("author_name", models.CharField(max_length=200)),
                ("brand", models.CharField(blank=True, max_length=120)),
                ("contract_number", models.CharField(blank=True, max_length=60)),
                (
                    "layer",
                    models.CharField(
                        choices=[
                            ("contract", "contract"),
                            ("status", "status"),
                            ("volume", "volume"),
                            ("first_order", "first_order"),
                            ("order_sum", "order_sum"),
                        ],
                        max_length=12,
                    ),
                ),
                ("threshold", models.DecimalField(decimal_places=3, default=0, max_digits=16)),
                ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                ("currency", models.CharField(blank=True, max_length=3)),
            ],
        ),
        migrations.CreateModel(
            name="FirstOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claimed_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="IndividualPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("author_name", models.CharField(max_length=200)),
                ("min_quantity", models.DecimalField(decimal_places=3, default=0, max_digits=13)),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("currency", models.CharField(default="RUB", max_length=3)),
                ("vat_included", models.BooleanField(default=True)),
                ("is_closed", models.BooleanField(default=False)),
                ("contract_number", models.CharField(blank=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="KindAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("author_name", models.CharField(max_length=200)),
                ("brand", models.CharField(blank=True, max_length=120)),
                ("contract_number", models.CharField(blank=True, max_length=60)),
                ("rank", models.PositiveSmallIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Rounding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("author_name", models.CharField(max_length=200)),
                ("currency", models.CharField(max_length=3)),
                ("bands", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="StandingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("author_name", models.CharField(max_length=200)),
                (
                    "test",
                    models.CharField(
                        choices=[("new", "new"), ("any", "any"), ("volume", "volume"), ("given", "given")], max_length=8
                    ),
                ),
                ("min_total", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("months", models.PositiveSmallIntegerField(default=12)),
                ("credit_limit", models.DecimalField(decimal_places=2, max_digits=16, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="price",
            name="price_one_open",
        ),
        migrations.RemoveIndex(
            model_name="price",
            name="price_history",
        ),
        migrations.AddField(
            model_name="price",
            name="ends_ahead",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="pricekind",
            name="region",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.region"
            ),
        ),
        migrations.AlterField(
            model_name="price",
            name="price_kind",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pricing.pricekind"
            ),
        ),
        migrations.AlterField(
            model_name="price",
            name="product",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.product"
            ),
        ),
        migrations.AlterField(
            model_name="price",
            name="seller",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddIndex(
            model_name="price",
            index=models.Index(
                condition=models.Q(("valid_to__isnull", False)),
                fields=["price_kind", "product", "valid_to"],
                name="price_history",
            ),
        ),
        migrations.AddIndex(
            model_name="price",
            index=models.Index(
                condition=models.Q(("ends_ahead", True)),
                fields=["price_kind", "product", "min_quantity"],
                name="price_ending",
            ),
        ),
        migrations.AddIndex(
            model_name="price",
            index=models.Index(
                condition=models.Q(
                    ("value__gt", 0), models.Q(("valid_to", None), ("ends_ahead", True), _connector="OR")
                ),
                fields=["price_kind", "value"],
                include=("product",),
                name="price_by_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)),
                fields=("price_kind", "product", "min_quantity"),
                include=("value", "valid_from"),
                name="price_one_open",
            ),
        ),
        migrations.AddField(
            model_name="buyerstanding",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="buyerstanding",
            name="buyer_entity",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.legalentity"
            ),
        ),
        migrations.AddField(
            model_name="buyerstanding",
            name="seller",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddField(
            model_name="combination",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="combination",
            name="floor_kind",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pricing.pricekind"
            ),
        ),
        migrations.AddField(
            model_name="combination",
            name="seller",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddField(
            model_name="discount",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="discount",
            name="buyer_entity",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.legalentity",
            ),
        ),
        migrations.AddField(
            model_name="discount",
            name="category",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.category"
            ),
        ),
        migrations.AddField(
            model_name="discount",
            name="product",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.product"
            ),
        ),
        migrations.AddField(
            model_name="discount",
            name="seller",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddField(
            model_name="firstorder",
            name="buyer_entity",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.legalentity"
            ),
        ),
        migrations.AddField(
            model_name="firstorder",
            name="seller",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddField(
            model_name="individualprice",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="individualprice",
            name="buyer_entity",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.legalentity"
            ),
        ),
        migrations.AddField(
            model_name="individualprice",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.product"
            ),
        ),
        migrations.AddField(
            model_name="individualprice",
            name="seller",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddField(
            model_name="kindassignment",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="kindassignment",
            name="buyer_entity",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.legalentity",
            ),
        ),
        migrations.AddField(
            model_name="kindassignment",
            name="category",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.category"
            ),
        ),
        migrations.AddField(
            model_name="kindassignment",
            name="price_kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pricing.pricekind"
            ),
        ),
        migrations.AddField(
            model_name="kindassignment",
            name="product",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.product"
            ),
        ),
        migrations.AddField(
            model_name="kindassignment",
            name="seller",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddField(
            model_name="rounding",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rounding",
            name="seller",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="seller",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddField(
            model_name="kindassignment",
            name="standing",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pricing.standing"
            ),
        ),
        migrations.AddField(
            model_name="discount",
            name="standing",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pricing.standing"
            ),
        ),
        migrations.AddField(
            model_name="buyerstanding",
            name="standing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pricing.standing"
            ),
        ),
        migrations.AddField(
            model_name="standingrule",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="standingrule",
            name="seller",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddField(
            model_name="standingrule",
            name="standing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rules", to="pricing.standing"
            ),
        ),
        migrations.AddConstraint(
            model_name="combination",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="combination_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="combination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cap_percent", None), models.Q(("cap_percent__gte", 0), ("cap_percent__lt", 100)), _connector="OR"
                ),
                name="combination_cap",
            ),
        ),
        migrations.AddConstraint(
            model_name="combination",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("seller_id", "="), (zveno.pricing.models.periods.Period("valid_from", "valid_to"), "&&")],
                name="combination_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="firstorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at", None)), fields=("buyer_entity", "seller"), name="first_order_once"
            ),
        ),
        migrations.AddIndex(
            model_name="individualprice",
            index=models.Index(
                condition=models.Q(("valid_to__isnull", False)),
                fields=["buyer_entity", "seller", "product", "valid_to"],
                name="individual_price_history",
            ),
        ),
        migrations.AddIndex(
            model_name="individualprice",
            index=models.Index(fields=["seller", "product"], name="individual_price_product"),
        ),
        migrations.AddConstraint(
            model_name="individualprice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)),
                fields=("buyer_entity", "seller", "product", "min_quantity"),
                name="individual_price_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="individualprice",
            constraint=models.CheckConstraint(condition=models.Q(("value__gt", 0)), name="individual_price_positive"),
        ),
        migrations.AddConstraint(
            model_name="individualprice",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="individual_price_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="rounding",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="rounding_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="rounding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("seller_id", "="),
                    ("currency", "="),
                    (zveno.pricing.models.periods.Period("valid_from", "valid_to"), "&&"),
                ],
                name="rounding_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.UniqueConstraint(fields=("seller", "name"), name="standing_name_once"),
        ),
        migrations.AddIndex(
            model_name="kindassignment",
            index=models.Index(fields=["buyer_entity", "seller", "product"], name="assignment_entity"),
        ),
        migrations.AddIndex(
            model_name="kindassignment",
            index=models.Index(
                condition=models.Q(("buyer_entity", None)), fields=["seller", "product"], name="assignment_common"
            ),
        ),
        migrations.AddConstraint(
            model_name="kindassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("buyer_entity", None), ("standing", None), _connector="OR"),
                name="assignment_for_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("category", None), ("product", None)),
                    models.Q(("brand", ""), ("category", None), ("product__isnull", False)),
                    models.Q(("brand", ""), ("category__isnull", False), ("product", None)),
                    _connector="OR",
                ),
                name="assignment_about_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="assignment_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindassignment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("seller_id"), "="),
                    (django.db.models.functions.comparison.Coalesce(models.F("buyer_entity_id"), 0), "="),
                    (django.db.models.functions.comparison.Coalesce(models.F("standing_id"), 0), "="),
                    (django.db.models.functions.comparison.Coalesce(models.F("product_id"), 0), "="),
                    (django.db.models.functions.comparison.Coalesce(models.F("category_id"), 0), "="),
                    (models.F("brand"), "="),
                    (models.F("rank"), "="),
                    (zveno.pricing.models.periods.Period("valid_from", "valid_to"), "&&"),
                ],
                name="assignment_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="discount",
            index=models.Index(fields=["buyer_entity", "seller", "product"], name="discount_entity"),
        ),
        migrations.AddIndex(
            model_name="discount",
            index=models.Index(
                condition=models.Q(("buyer_entity", None)), fields=["seller", "product"], name="discount_common"
            ),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.CheckConstraint(
                condition=models.Q(("buyer_entity", None), ("standing", None), _connector="OR"), name="discount_for_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("category", None), ("product", None)),
                    models.Q(("brand", ""), ("category", None), ("product__isnull", False)),
                    models.Q(("brand", ""), ("category__isnull", False), ("product", None)),
                    _connector="OR",
                ),
                name="discount_about_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gte", 0), ("percent__lt", 100)), name="discount_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.CheckConstraint(condition=models.Q(("threshold__gte", 0)), name="discount_threshold"),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="discount_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("seller_id"), "="),
                    (django.db.models.functions.comparison.Coalesce(models.F("buyer_entity_id"), 0), "="),
                    (django.db.models.functions.comparison.Coalesce(models.F("standing_id"), 0), "="),
                    (django.db.models.functions.comparison.Coalesce(models.F("product_id"), 0), "="),
                    (django.db.models.functions.comparison.Coalesce(models.F("category_id"), 0), "="),
                    (models.F("brand"), "="),
                    (models.F("layer"), "="),
                    (models.F("threshold"), "="),
                    (models.F("currency"), "="),
                    (zveno.pricing.models.periods.Period("valid_from", "valid_to"), "&&"),
                ],
                name="discount_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="buyerstanding",
            index=models.Index(fields=["seller", "buyer_entity"], name="buyer_standing_seller"),
        ),
        migrations.AddConstraint(
            model_name="buyerstanding",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="buyer_standing_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="buyerstanding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("buyer_entity_id", "="),
                    ("seller_id", "="),
                    (zveno.pricing.models.periods.Period("valid_from", "valid_to"), "&&"),
                ],
                name="buyer_standing_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="standing_rule_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingrule",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("standing_id", "="),
                    (zveno.pricing.models.periods.Period("valid_from", "valid_to"), "&&"),
                ],
                name="standing_rule_one_at_a_time",
            ),
        ),
    ]
