"""What can be wrong with products and their relations, as named facts."""

from __future__ import annotations

from zveno.kit.errors import Invalid, NotFound


class ProductNotListed(NotFound):
    """The company does not sell this product."""


class RelatedToItself(Invalid):
    """A product cannot stand for itself. Params: `code`."""


class RelationNotFound(NotFound):
    """The company told no such relation."""
