"""App configuration of `finance`."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "zveno.finance"
    label = "finance"
    verbose_name = "Finance"

    def ready(self) -> None:
        from zveno.finance import words  # noqa: F401 - registers the sentences
