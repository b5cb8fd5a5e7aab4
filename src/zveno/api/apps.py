"""App configuration of `api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "zveno.api"
    label = "api"
    verbose_name = "Api"

    def ready(self) -> None:
        from zveno.api import words

        words.register()
