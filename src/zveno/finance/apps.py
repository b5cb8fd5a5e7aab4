"""App configuration of `finance`."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "zveno.finance"
    label = "finance"
    verbose_name = "Finance"
