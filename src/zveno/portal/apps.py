"""App configuration of `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zveno.portal"
    label = "portal"
    verbose_name = "Portal"
