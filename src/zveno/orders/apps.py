"""App configuration of `orders`."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "zveno.orders"
    label = "orders"
    verbose_name = "Orders"

    def ready(self) -> None:
        from zveno.orders import words

        words.register()
