"""`zveno import-1c`: folders, files and archives, with a summary to be read by programs."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import click
import pytest
from tests import world
from tests.exchange.conftest import Link

from zveno.catalog.models import Product
from zveno.config.import_1c import run
from zveno.exchange.models import Connection
from zveno.plugins.erp.commerceml.generate import write_export

pytestmark = pytest.mark.django_db


def test_a_folder_is_imported_and_told_as_json(link: Link, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_export(tmp_path / "out", products=20)
    (tmp_path / "out" / "broken.xml").write_bytes(b"<html/>")
    (tmp_path / "out" / "readme.txt").write_bytes(b"hello")
    assert run(source=tmp_path / "out", slug="", as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["connection"], told["files_applied"], told["files_refused"]) == ("trade-house", 2, 2)
    states = {file["name"]: (file["state"], file["error"] and file["error"]["code"]) for file in told["files"]}
    assert states == {
        "import.xml": ("applied", None),
        "offers.xml": ("applied", None),
        "broken.xml": ("refused", "not_commerceml"),
        "readme.txt": ("refused", "file_kind_unknown"),
    }
    assert told["messages"] == sum(file["messages"] for file in told["files"])
    assert told["refused"] == 0
    assert run(source=tmp_path / "out", slug="trade-house", as_json=True) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["applied"], again["refused"]) == (0, 0)
    assert again["unchanged"] == told["applied"] + told["unchanged"]


def test_an_archive_is_imported_as_its_files(link: Link, tmp_path: Path) -> None:
    export = write_export(tmp_path / "out", products=20)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in export.paths:
            archive.write(path, f"webdata/{path.name}")
    assert run(source=tmp_path / "all.zip", slug="", as_json=False) == 0
    assert Product.objects.filter(variant_of=None).count() == 20


def test_without_connections_the_sales_house_gets_one(db: None, tmp_path: Path) -> None:
    house = world.seller("Торговый дом завода")
    world.seller("Дистрибьютор", distributor=True)
    write_export(tmp_path / "out", products=3)
    for _ in range(2):
        assert run(source=tmp_path / "out", slug="", as_json=False) == 0
    made = Connection.objects.unscoped("a test looks").get()
    assert made.seller_id == house.company.pk
    assert Product.objects.filter(owner=house.company, variant_of=None).count() == 3


def test_what_cannot_be_chosen_is_said(link: Link, tmp_path: Path) -> None:
    write_export(tmp_path / "out", products=1)
    with pytest.raises(click.ClickException, match="trade-house"):
        run(source=tmp_path / "out", slug="no-such", as_json=False)
    (tmp_path / "empty").mkdir()
    with pytest.raises(click.ClickException, match="no files"):
        run(source=tmp_path / "empty", slug="", as_json=False)
