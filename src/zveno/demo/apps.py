"""App configuration of the demo world."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "zveno.demo"
    label = "demo"
    verbose_name = "Demo"

    def ready(self) -> None:
        """Give the demo world's own deed its sentence."""
        from django.utils.translation import gettext_lazy as _

        from zveno.ui import deeds

        deeds.register({"demo_world_loaded": _("Loaded the demo world.")})
