"""App configuration of `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "zveno.accounts"
    label = "accounts"
    verbose_name = "Accounts"
