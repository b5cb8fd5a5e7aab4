"""App configuration of `catalog`."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "zveno.catalog"
    label = "catalog"
    verbose_name = "Catalog"

    def ready(self) -> None:
        from zveno.catalog import words

        words.register()
