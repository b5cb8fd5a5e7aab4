"""A pytest plugin: the run's database server before Django reads its settings, cheap passwords, fresh words."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.contrib.auth.hashers import Argon2PasswordHasher
from hypothesis import HealthCheck, settings

if "DATABASE_URL" not in os.environ:
    _home = Path(os.environ.setdefault("ZVENO_HOME", str(Path(tempfile.gettempdir()) / f"zveno-test-{os.getuid()}")))
    from zveno.base import embedded

    _address = embedded.start(_home, durable=False)
    os.environ["DATABASE_URL"] = _address.url(user=embedded.OWNER)
os.environ["ZVENO_PROCESS"] = "admin"
os.environ.setdefault("ZVENO_SECRET_KEY", "only-for-tests")
os.environ["ZVENO_EMAIL_BACKEND"] = "django.core.mail.backends.locmem.EmailBackend"

# No test is about seconds: they are the machine's.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# The real cost of a password would be most of the time of the tests that make one.
Argon2PasswordHasher.time_cost = 1
Argon2PasswordHasher.memory_cost = 8
Argon2PasswordHasher.parallelism = 1

if "PYTEST_XDIST_WORKER" not in os.environ:
    from zveno.ui.languages import compile_languages

    compile_languages()
