"""A pytest plugin: the run's embedded database server, before Django reads its settings, and fresh translations."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

if "DATABASE_URL" not in os.environ:
    _home = Path(os.environ.setdefault("ZVENO_HOME", str(Path(tempfile.gettempdir()) / f"zveno-test-{os.getuid()}")))
    from zveno.base import embedded

    _address = embedded.start(_home, durable=False)
    os.environ["DATABASE_URL"] = _address.url(user=embedded.OWNER)
os.environ["ZVENO_PROCESS"] = "admin"
os.environ.setdefault("ZVENO_SECRET_KEY", "only-for-tests")
os.environ["ZVENO_EMAIL_BACKEND"] = "django.core.mail.backends.locmem.EmailBackend"

if "PYTEST_XDIST_WORKER" not in os.environ:
    from zveno.ui.languages import compile_languages

    compile_languages()
