"""Every real CommerceML file is applied, or refused with a clear reason; the same again changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import world
from tests.exchange.conftest import connect, now

from zveno.catalog.models import Product
from zveno.exchange.importing import ImportedFile, import_files
from zveno.exchange.words import known_findings

DATA = Path(__file__).parents[3] / "shared" / "data" / "commerceml"
FOLDERS = sorted(path for path in DATA.iterdir() if path.is_dir() and path.name != "xsd") if DATA.is_dir() else []

pytestmark = [pytest.mark.django_db, pytest.mark.realdata]


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_every_real_file_is_applied_or_refused_with_a_reason(
    folder: Path, record_property: object, capsys: pytest.CaptureFixture[str]
) -> None:
    link = connect(world.seller())
    sources = [(path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file()]
    files = import_files(connection_id=link.connection.pk, sources=sources, clock=now)
    again = import_files(connection_id=link.connection.pk, sources=sources, clock=now)
    with capsys.disabled():
        print(f"\n{folder.name}: {len(files)} files, {Product.objects.count()} products")
        for file in files:
            _show(file)
    assert len(files) == len(sources)
    for file in files:
        assert file.state in ("applied", "refused"), file
        assert file.error is None or file.error["code"] != "applying_failed", file
        assert file.error is None or file.error["code"] in known_findings(), file
        assert set(file.refusals) <= known_findings(), file
    for file in again:
        for kind, counts in file.counts.items():
            # Two exports of one shop at different times may contradict each other; nothing is made twice all the same.
            assert not counts["created"], (file.name, kind, counts)


def _show(file: ImportedFile) -> None:
    told = "; ".join(
        f"{kind} " + " ".join(f"{name}={n}" for name, n in counts.items() if n and name != "seen")
        for kind, counts in file.counts.items()
    )
    print(f"  {file.name}: {file.state} {told} {file.refusals or ''} {file.error or ''}")
