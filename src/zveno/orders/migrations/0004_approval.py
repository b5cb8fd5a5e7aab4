"""Approval inside the buyer's company: settings, rules, budgets, substitutes, requisitions (O1)."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_media_source"),
        ("orders", "0003_searching_and_notes"),
        ("partners", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("own_allowed", models.BooleanField(default=False)),
                ("links_without_sign_in", models.BooleanField(default=False)),
                ("remind_hours", models.PositiveSmallIntegerField(default=4)),
                (
                    "expire_days",
                    models.PositiveSmallIntegerField(
                        default=30, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "exempt_key_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("last_number", models.BigIntegerField(default=0)),
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": None,
            },
        ),
        migrations.CreateModel(
            name="Requisition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
                ("author_role", models.CharField(max_length=24)),
                ("on_behalf", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("waiting", "waiting"),
                            ("approved", "approved"),
                            ("placed", "placed"),
                            ("returned", "returned"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("steps", models.JSONField(default=list)),
                ("rule_id", models.BigIntegerField(null=True)),
                ("rule_name", models.CharField(blank=True, max_length=120)),
                ("tolerance_percent", models.DecimalField(decimal_places=2, default=0, max_digits=5)),
                ("trace", models.JSONField(default=list)),
                ("stopped", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("wished_on", models.DateField(null=True)),
                ("promised_on", models.DateField(null=True)),
                ("comment", models.CharField(blank=True, max_length=1000)),
                ("delivery", models.JSONField(null=True)),
                ("currency", models.CharField(default="RUB", max_length=3)),
                ("vat_included", models.BooleanField(default=True)),
                ("total", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("line_count", models.PositiveIntegerField(default=0)),
                (
                    "source",
                    models.CharField(choices=[("portal", "portal"), ("api", "api")], default="portal", max_length=8),
                ),
                ("idempotency_key", models.CharField(max_length=100)),
                ("content_digest", models.CharField(blank=True, default="", max_length=64)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "buyer_company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
                    ),
                ),
                (
                    "buyer_entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.legalentity"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequisitionAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "buyer_entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.legalentity"
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
                    ),
                ),
                (
                    "requisition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asks", to="orders.requisition"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequisitionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                ("seat", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "buyer_entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.legalentity"
                    ),
                ),
                (
                    "requisition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="orders.requisition"
                    ),
                ),
                (
                    "stands_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequisitionEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("actor_name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=40)),
                ("params", models.JSONField(default=dict)),
                (
                    "buyer_entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.legalentity"
                    ),
                ),
                (
                    "requisition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="orders.requisition"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequisitionLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("code", models.CharField(blank=True, max_length=100)),
                ("name", models.CharField(max_length=500)),
                ("unit", models.CharField(max_length=40)),
                ("asked_quantity", models.DecimalField(decimal_places=3, max_digits=13)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=13)),
                ("price", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("discount_percent", models.DecimalField(decimal_places=2, default=0, max_digits=5)),
                ("total", models.DecimalField(decimal_places=2, max_digits=16)),
                ("price_trace", models.JSONField(default=list)),
                ("promise", models.JSONField(default=list)),
                ("promised_on", models.DateField(null=True)),
                ("uncovered", models.DecimalField(decimal_places=3, default=0, max_digits=13)),
                (
                    "buyer_entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.legalentity"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.product"
                    ),
                ),
                (
                    "requisition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="orders.requisition"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApprovalBudget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(choices=[("month", "month"), ("quarter", "quarter")], max_length=8)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                ("currency", models.CharField(default="RUB", max_length=3)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.legalentity",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entity__isnull", False), ("user", None)),
                            models.Q(("entity", None), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="budget_of_entity_or_author",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="budget_positive"),
                    models.UniqueConstraint(
                        condition=models.Q(("entity__isnull", False)),
                        fields=("company", "entity", "period", "currency"),
                        name="budget_of_entity_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("company", "user", "period", "currency"),
                        name="budget_of_author_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("outcome", models.CharField(choices=[("ask", "ask"), ("free", "free")], default="ask", max_length=4)),
                ("min_total", models.DecimalField(decimal_places=2, max_digits=16, null=True)),
                ("currency", models.CharField(default="RUB", max_length=3)),
                (
                    "category_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "author_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                (
                    "entity_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "seller_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("over_budget", models.BooleanField(default=False)),
                ("over_credit", models.BooleanField(default=False)),
                ("tolerance_percent", models.DecimalField(decimal_places=2, default=0, max_digits=5)),
                ("steps", models.JSONField(default=list)),
                ("updated_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["company", "position"], name="approval_rule_order")],
            },
        ),
        migrations.CreateModel(
            name="ApprovalSubstitute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["company", "valid_to"], name="substitute_company")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="substitute_some_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user", models.F("substitute")), _negated=True),
                        name="substitute_of_another",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="requisition",
            index=models.Index(fields=["buyer_entity", "-created_at"], name="requisition_entity"),
        ),
        migrations.AddIndex(
            model_name="requisition",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["buyer_entity", "due_at"], name="requisition_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="requisition",
            index=models.Index(
                condition=models.Q(("state__in", ["approved", "waiting"])),
                fields=["buyer_company", "sent_at"],
                name="requisition_budget",
            ),
        ),
        migrations.AddIndex(
            model_name="requisition",
            index=models.Index(
                condition=models.Q(("state__in", ["approved", "draft", "returned", "waiting"])),
                fields=["expires_at"],
                name="requisition_open",
            ),
        ),
        migrations.AddIndex(
            model_name="requisition",
            index=models.Index(fields=["order"], name="requisition_order"),
        ),
        migrations.AddConstraint(
            model_name="requisition",
            constraint=models.UniqueConstraint(fields=("buyer_company", "number"), name="requisition_number_once"),
        ),
        migrations.AddConstraint(
            model_name="requisition",
            constraint=models.UniqueConstraint(
                fields=("buyer_company", "idempotency_key"), name="requisition_key_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="requisitionask",
            constraint=models.UniqueConstraint(
                fields=("requisition", "round", "step", "user"), name="requisition_ask_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="requisitiondecision",
            constraint=models.UniqueConstraint(
                fields=("requisition", "round", "step", "seat"), name="requisition_seat_once"
            ),
        ),
        migrations.AddIndex(
            model_name="requisitionevent",
            index=models.Index(fields=["requisition", "at"], name="requisition_event"),
        ),
        migrations.AddConstraint(
            model_name="requisitionline",
            constraint=models.UniqueConstraint(fields=("requisition", "position"), name="requisition_line_position"),
        ),
        migrations.AddConstraint(
            model_name="requisitionline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)), name="requisition_line_not_negative"
            ),
        ),
    ]
