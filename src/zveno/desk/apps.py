"""App configuration of `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zveno.desk"
    label = "desk"
    verbose_name = "Desk"
