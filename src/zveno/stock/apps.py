"""App configuration of `stock`."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "zveno.stock"
    label = "stock"
    verbose_name = "Stock"
