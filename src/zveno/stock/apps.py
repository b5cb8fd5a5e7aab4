"""App configuration of `stock`."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "zveno.stock"
    label = "stock"
    verbose_name = "Stock"

    def ready(self) -> None:
        from zveno.stock import words

        words.register()
