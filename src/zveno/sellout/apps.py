"""App configuration of `sellout`."""

from django.apps import AppConfig


class SelloutConfig(AppConfig):
    name = "zveno.sellout"
    label = "sellout"
    verbose_name = "Sellout"

    def ready(self) -> None:
        from zveno.sellout import words  # noqa: F401 - registers the sentences
