"""App configuration of `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "zveno.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from zveno.accounts import words  # noqa: F401 - registers the sentences
