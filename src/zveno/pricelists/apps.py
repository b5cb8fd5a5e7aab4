"""The application of price lists; it has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class PricelistsConfig(AppConfig):
    name = "zveno.pricelists"
    label = "pricelists"
