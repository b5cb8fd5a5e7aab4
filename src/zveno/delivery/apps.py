"""App configuration of `delivery`."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "zveno.delivery"
    label = "delivery"
    verbose_name = "Delivery"

    def ready(self) -> None:
        from zveno.delivery import words

        words.register()
