"""App configuration of the CDEK plugin."""

from django.apps import AppConfig


class CdekConfig(AppConfig):
    name = "zveno.plugins.carriers.cdek"
    label = "cdek"
    verbose_name = "CDEK"

    def ready(self) -> None:
        from zveno.delivery.ports import register_carrier
        from zveno.plugins.carriers.cdek.plugin import Cdek

        register_carrier(Cdek())
