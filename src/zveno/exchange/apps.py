"""App configuration of `exchange`."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "zveno.exchange"
    label = "exchange"
    verbose_name = "Exchange"

    def ready(self) -> None:
        from zveno.exchange import shown, words  # noqa: F401 - say its faults and deeds
