"""App configuration of `pricing`."""

from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "zveno.pricing"
    label = "pricing"
    verbose_name = "Pricing"

    def ready(self) -> None:
        from zveno.pricing import told  # noqa: F401 - registers its sentences
