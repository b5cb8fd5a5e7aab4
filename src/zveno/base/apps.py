"""App configuration of the ground."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class BaseConfig(AppConfig):
    name = "zveno.base"
    label = "base"
    verbose_name = "Base"

    def ready(self) -> None:
        if settings.DATABASE_STEP_DOWN:
            connection_created.connect(_step_down, dispatch_uid="zveno_step_down")


def _step_down(connection: Any, **_: Any) -> None:
    """Leave the owner's rights at once: this process serves the web."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE zveno_web")
