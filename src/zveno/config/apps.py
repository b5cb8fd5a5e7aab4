"""App configuration of the wiring."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "zveno.config"
    label = "config"
    verbose_name = "Config"

    def ready(self) -> None:
        from zveno.config import wiring

        wiring.join()
