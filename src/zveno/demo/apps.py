"""App configuration of the demo world."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "zveno.demo"
    label = "demo"
    verbose_name = "Demo"
