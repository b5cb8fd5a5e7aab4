"""App configuration of `sellout`."""

from django.apps import AppConfig


class SelloutConfig(AppConfig):
    name = "zveno.sellout"
    label = "sellout"
    verbose_name = "Sellout"
