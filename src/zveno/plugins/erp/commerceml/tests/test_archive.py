"""Archives: gathered from pieces, and never trusted."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from zveno.plugins.erp.commerceml.archive import Limits, append_piece, is_archive, read_entries, safe_name, unpack
from zveno.plugins.erp.commerceml.errors import ZipBroken, ZipEncrypted, ZipNested, ZipPathForbidden, ZipTooLarge


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


def test_files_come_out_under_their_folders(tmp_path: Path):
    archive = packed({"import.xml": b"<x/>", "import_files/aa/1.jpg": b"picture", "import_files/": b""})
    assert unpack(archive, tmp_path) == ("import.xml", "import_files/aa/1.jpg")
    assert (tmp_path / "import_files/aa/1.jpg").read_bytes() == b"picture"


@pytest.mark.parametrize("raw", ["Каталог/Товары.xml".encode("cp866"), "Каталог/Товары.xml".encode()])
def test_cyrillic_names_are_read_in_the_page_they_are_in(raw: bytes):
    blank = "x" * len(raw)
    archive = packed({blank: b"<x/>"}).getvalue().replace(blank.encode(), raw)
    assert [entry.name for entry in read_entries(io.BytesIO(archive))] == ["Каталог/Товары.xml"]


def test_backslashes_of_windows_part_folders(tmp_path: Path):
    archive = (
        packed({"import_filesxaax1.jpg": b"p"}).getvalue().replace(b"import_filesxaax1.jpg", b"import_files\\aa\\1.jpg")
    )
    assert unpack(io.BytesIO(archive), tmp_path) == ("import_files/aa/1.jpg",)


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "a/../../evil.xml", "/etc/passwd", "C:\\evil.xml", "..\\evil.xml", "a\nb", "a" * 500, "", "."],
)
def test_name_that_would_leave_the_folder_is_refused(name: str):
    with pytest.raises(ZipPathForbidden):
        safe_name(name)


def test_archive_with_one_bad_name_leaves_nothing_behind(tmp_path: Path):
    with pytest.raises(ZipPathForbidden):
        unpack(packed({"good.xml": b"<x/>", "../evil.xml": b"<x/>"}), tmp_path / "in")
    assert list(tmp_path.rglob("*.xml")) == []


def test_link_in_an_archive_is_refused(tmp_path: Path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ZipPathForbidden):
        unpack(target, tmp_path)


def test_bomb_is_refused_by_what_it_declares(tmp_path: Path):
    with pytest.raises(ZipTooLarge) as refused:
        unpack(packed({"import.xml": b"\0" * (20 << 20)}), tmp_path)
    assert refused.value.params["limit"] == "ratio"
    with pytest.raises(ZipTooLarge) as refused:
        unpack(packed({"import.xml": b"\0" * 2000}), tmp_path, limits=Limits(total_size=1000))
    assert refused.value.params["limit"] == "total_size"
    with pytest.raises(ZipTooLarge) as refused:
        unpack(packed({f"{number}": b"" for number in range(11)}), tmp_path, limits=Limits(files=10))
    assert refused.value.params["limit"] == "files"


def test_bomb_that_lies_about_its_size_is_stopped_while_it_unpacks(tmp_path: Path):
    content = b"\0" * 1_000_000
    honest = packed({"import.xml": content}).getvalue()
    lying = honest.replace(len(content).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises((ZipTooLarge, ZipBroken)):
        unpack(io.BytesIO(lying), tmp_path, limits=Limits(total_size=5000))
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.xml")) <= 5000


def test_archive_inside_an_archive_is_refused(tmp_path: Path):
    with pytest.raises(ZipNested):
        unpack(packed({"inner.zip": packed({"a": b""}).getvalue()}), tmp_path)


def test_locked_file_is_refused_by_name(tmp_path: Path):
    archive = bytearray(packed({"import.xml": b"<x/>"}).getvalue())
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ZipEncrypted) as refused:
        unpack(io.BytesIO(bytes(archive)), tmp_path)
    assert refused.value.params == {"name": "import.xml"}


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty", "crc"])
def test_damaged_archive_is_broken_and_nothing_else(tmp_path: Path, damage: str):
    whole = packed({"import.xml": b"<x/>" * 1000}, zipfile.ZIP_STORED).getvalue()
    spoilt = {
        "cut": whole[: len(whole) // 2],
        "garbage": b"PK\x03\x04 and so on",
        "empty": b"",
        "crc": whole.replace(b"<x/>", b"<y/>", 1),
    }[damage]
    with pytest.raises(ZipBroken):
        unpack(io.BytesIO(spoilt), tmp_path)


def test_pieces_of_one_file_grow_into_the_whole(tmp_path: Path):
    whole = packed({"import.xml": b"<x/>" * 5000}, zipfile.ZIP_STORED).getvalue()
    for start in range(0, len(whole), 1000):
        path = append_piece(tmp_path, "v8_1a2b.zip", whole[start : start + 1000], limit=1 << 20)
    assert path.read_bytes() == whole
    assert is_archive(path)
    assert [entry.name for entry in read_entries(path)] == ["import.xml"]


def test_piece_beyond_the_limit_is_refused_and_what_came_before_stays(tmp_path: Path):
    path = append_piece(tmp_path, "import.xml", b"12345", limit=8)
    with pytest.raises(ZipTooLarge):
        append_piece(tmp_path, "import.xml", io.BytesIO(b"67890"), limit=8)
    assert path.read_bytes() == b"12345"
