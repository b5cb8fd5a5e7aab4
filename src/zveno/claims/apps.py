"""App configuration of `claims`."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "zveno.claims"
    label = "claims"
    verbose_name = "Claims"

    def ready(self) -> None:
        from zveno.claims import words

        words.register()
