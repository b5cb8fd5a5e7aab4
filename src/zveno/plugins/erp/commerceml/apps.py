"""App configuration of the CommerceML plugin."""

from django.apps import AppConfig


class CommercemlConfig(AppConfig):
    name = "zveno.plugins.erp.commerceml"
    label = "commerceml"
    verbose_name = "CommerceML"

    def ready(self) -> None:
        from zveno.exchange.ports import register_format
        from zveno.plugins.erp.commerceml import words  # noqa: F401 - says its faults
        from zveno.plugins.erp.commerceml.format import CommerceMl

        register_format(CommerceMl())
