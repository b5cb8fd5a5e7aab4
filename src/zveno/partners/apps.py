"""App configuration of `partners`."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "zveno.partners"
    label = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        from zveno.partners import words  # noqa: F401 - registers the sentences
