"""App configuration of `partners`."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "zveno.partners"
    label = "partners"
    verbose_name = "Partners"
