"""Tables of the catalog. Products are shared knowledge; what a seller lists is the seller's."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from zveno.base.walls import Rows, Shared, Walled, Walls
from zveno.catalog.rules.relations import RelationKind

_KNOWLEDGE = "product knowledge is meant for every partner; which of it a seller sells is walled in Listing"


class Category(models.Model):
    """A group in the tree of one owner's catalog. `path` is the ids from the root, `/1/7/23/`, for subtree reads."""

    walls: ClassVar = Shared(_KNOWLEDGE)

    owner = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=300)
    path = models.CharField(max_length=400, db_index=True)
    position = models.PositiveIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Property(models.Model):
    """A named property of products of one owner; `values` is its dictionary, id of the source to text."""

    walls: ClassVar = Shared(_KNOWLEDGE)

    owner = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, default="text")
    values = models.JSONField(default=dict)
    is_filter = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """An article of one owner. A variant (1С: характеристика) is a product whose `variant_of` is the article it varies.

    `attributes` maps a property's name to its text. `search_text` is what typing searches: folded code, name, barcodes.
    Weight in grams, volume in cubic centimetres, VAT in percent (null: unknown).
    """

    walls: ClassVar = Shared(_KNOWLEDGE)

    owner = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="products")
    variant_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="variants")
    code = models.CharField(max_length=100, blank=True)
    code_folded = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=500)
    brand = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    unit = models.CharField(max_length=40, default="шт")
    unit_code = models.CharField(max_length=4, default="796")
    pack_quantity = models.DecimalField(max_digits=13, decimal_places=3, default=1)
    attributes = models.JSONField(default=dict)
    barcodes = ArrayField(models.CharField(max_length=40), default=list)
    weight_g = models.PositiveIntegerField(null=True)
    volume_cm3 = models.PositiveIntegerField(null=True)
    vat_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    has_variants = models.BooleanField(default=False)
    search_text = models.TextField(blank=True)
    deleted_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = (
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="product_search"),
            GinIndex(fields=["barcodes"], name="product_barcodes"),
            GinIndex(OpClass(F("attributes"), name="jsonb_path_ops"), name="product_attributes"),
            models.Index(fields=["owner", "code_folded"], name="product_code"),
            models.Index(fields=["category", "name"], name="product_category"),
            models.Index(fields=["name", "id"], name="product_name"),
            models.Index(fields=["code_folded", "id"], name="product_code_alone"),
        )

    def __str__(self) -> str:
        return self.name


class Media(models.Model):
    """A picture or document of a product. `place` is a path in the file store, or empty while the file has not come."""

    walls: ClassVar = Shared(_KNOWLEDGE)

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="media")
    kind = models.CharField(max_length=8, choices=[("picture", "picture"), ("document", "document")])
    name = models.CharField(max_length=300)
    source_path = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey("base.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["product", "source_path"], condition=~Q(source_path=""), name="media_once_per_product"
            ),
        )
        indexes = (models.Index(fields=["source_path"], condition=~Q(source_path=""), name="media_source"),)


class Listing(Walled):
    """That a seller offers a product. Its absence, or `is_active` false, hides the product from the seller's buyers."""

    walls = Walls(
        buying=Rows("seller_id", "sellers"),
        selling=Rows("seller_id", "sellers"),
    )

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="listings")
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    listed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["product", "seller"], name="listing_once"),)
        indexes = (models.Index(fields=["seller", "category"], condition=Q(is_active=True), name="listing_category"),)


class ProductRelation(models.Model):
    """That one product may stand for another, or goes with it, as a company says. One direction; the other is a row.

    `told_by` says whether the accounting system told it or a person: the system withdraws only what it told.
    """

    walls: ClassVar = Shared(_KNOWLEDGE)

    owner = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in RelationKind])
    told_by = models.CharField(max_length=6, choices=[(s, s) for s in ("erp", "person")])
    position = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["product", "other", "owner", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~Q(product=F("other")), name="relation_to_another"),
        )
        indexes = (models.Index(fields=["owner", "product"], name="relation_owner"),)
