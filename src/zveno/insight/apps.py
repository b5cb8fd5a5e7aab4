"""App configuration of `insight`."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "zveno.insight"
    label = "insight"
    verbose_name = "Insight"
