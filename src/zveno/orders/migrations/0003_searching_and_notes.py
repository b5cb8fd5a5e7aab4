"""Thin indexes that orders are searched by, their words, and notes that people keep to themselves."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# As `kit.codes.fold_code` folds: capitals, look-alike letters as Latin ones, letters and digits alone.
NUMBER_KEYS = """
UPDATE orders_order SET number_key = btrim(
    regexp_replace(translate(upper(number), 'АВЕКМНОРСТУХЁ', 'ABEKMHOPCTYXE'), '[^0-9A-ZА-Я]', '', 'g') || ' ' ||
    regexp_replace(translate(upper(erp_number), 'АВЕКМНОРСТУХЁ', 'ABEKMHOPCTYXE'), '[^0-9A-ZА-Я]', '', 'g')
)
"""
_PIECE = 2000


def keep_words(apps, schema_editor):
    """Words of comments and of lines without a product, order by order."""
    from zveno.orders.rules.search.texts import words_of

    order_model, line_model, word_model = (apps.get_model("orders", n) for n in ("Order", "OrderLine", "OrderWord"))
    texts = {}
    for order_id, code, name in line_model._base_manager.filter(product_id=None).values_list(
        "order_id", "code", "name"
    ):
        texts.setdefault(order_id, []).extend((code, name))
    orders = order_model._base_manager.exclude(comment="") | order_model._base_manager.filter(pk__in=list(texts))
    rows = []
    for pk, seller_id, entity_id, comment in orders.values_list("pk", "seller_id", "buyer_entity_id", "comment"):
        rows += [
            word_model(order_id=pk, seller_id=seller_id, buyer_entity_id=entity_id, word=word)
            for word in words_of(comment, *texts.get(pk, ()))
        ]
    word_model._base_manager.bulk_create(rows, batch_size=_PIECE)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_media_source"),
        ("orders", "0002_placing_and_deciding"),
        ("partners", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=2000)),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OrderWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(db_collation="C", max_length=60)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="order",
            name="order_buyer",
        ),
        migrations.RemoveIndex(
            model_name="order",
            name="order_seller",
        ),
        migrations.RemoveIndex(
            model_name="order",
            name="order_search",
        ),
        migrations.RemoveIndex(
            model_name="orderline",
            name="order_line_product",
        ),
        migrations.RemoveField(
            model_name="order",
            name="search_text",
        ),
        migrations.AddField(
            model_name="order",
            name="erp_author",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="order",
            name="number_key",
            field=models.CharField(blank=True, default="", max_length=210),
        ),
        migrations.RunSQL(NUMBER_KEYS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["buyer_entity", "-placed_at"],
                include=(
                    "id",
                    "number",
                    "number_key",
                    "state",
                    "source",
                    "total",
                    "wished_on",
                    "promised_on",
                    "placed_by",
                    "seller",
                ),
                name="order_of_buyer",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["seller", "-placed_at"],
                include=(
                    "id",
                    "number",
                    "number_key",
                    "state",
                    "source",
                    "total",
                    "wished_on",
                    "promised_on",
                    "placed_by",
                    "buyer_entity",
                ),
                name="order_of_seller",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["-placed_at"],
                include=(
                    "id",
                    "number",
                    "number_key",
                    "state",
                    "source",
                    "total",
                    "wished_on",
                    "promised_on",
                    "placed_by",
                    "seller",
                    "buyer_entity",
                    "buyer_company",
                ),
                name="order_of_everybody",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("number_key"), name="gin_trgm_ops"),
                name="order_number_inside",
            ),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(fields=["product"], include=("order",), name="order_line_product"),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(fields=["seller", "product"], include=("order",), name="order_line_of_seller"),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(fields=["buyer_entity", "product"], include=("order",), name="order_line_of_buyer"),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(
                condition=models.Q(("cancelled_at", None), ("uncovered__gt", 0)),
                fields=["seller"],
                include=("order",),
                name="order_line_seller_needs",
            ),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(
                condition=models.Q(("cancelled_at", None), ("uncovered__gt", 0)),
                fields=["buyer_entity"],
                include=("order",),
                name="order_line_buyer_needs",
            ),
        ),
        migrations.AddField(
            model_name="ordernote",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="orders.order"
            ),
        ),
        migrations.AddField(
            model_name="ordernote",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="orderword",
            name="buyer_entity",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.legalentity"
            ),
        ),
        migrations.AddField(
            model_name="orderword",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="words", to="orders.order"
            ),
        ),
        migrations.AddField(
            model_name="orderword",
            name="seller",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.company"
            ),
        ),
        migrations.AddConstraint(
            model_name="ordernote",
            constraint=models.UniqueConstraint(fields=("user", "order"), name="order_note_once"),
        ),
        migrations.AddIndex(
            model_name="orderword",
            index=models.Index(fields=["seller", "word"], include=("order",), name="order_word_of_seller"),
        ),
        migrations.AddIndex(
            model_name="orderword",
            index=models.Index(fields=["buyer_entity", "word"], include=("order",), name="order_word_of_buyer"),
        ),
        migrations.AddIndex(
            model_name="orderword",
            index=models.Index(fields=["word"], include=("order",), name="order_word"),
        ),
        migrations.AddConstraint(
            model_name="orderword",
            constraint=models.UniqueConstraint(fields=("order", "word"), name="order_word_once"),
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
    ]
