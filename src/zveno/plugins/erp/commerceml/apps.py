"""App configuration of the CommerceML plugin."""

from django.apps import AppConfig


class CommercemlConfig(AppConfig):
    name = "zveno.plugins.erp.commerceml"
    label = "commerceml"
    verbose_name = "CommerceML"
