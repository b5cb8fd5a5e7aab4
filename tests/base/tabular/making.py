"""Files of kinds that no library here writes: a compound file, an Outlook mail, a binary workbook."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from itertools import pairwise

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """An OLE2 file of streams and storages."""
    entries: list[list[object]] = [["Root Entry", 5, _FREE, b""]]

    def add(folder: Tree) -> list[int]:
        made = []
        for name, held in folder.items():
            at = len(entries)
            entries.append([name, 2 if isinstance(held, bytes) else 1, _FREE, held if isinstance(held, bytes) else b""])
            made.append(at)
            if not isinstance(held, bytes):
                entries[at][2] = chain(add(held))
        return made

    siblings: dict[int, int] = {}

    def chain(made: list[int]) -> int:
        """Siblings as a list leaning right, in the order that the format wants."""
        ordered = sorted(made, key=lambda at: (len(str(entries[at][0])), str(entries[at][0]).upper()))
        for first, second in pairwise(ordered):
            siblings[first] = second
        return ordered[0]

    entries[0][2] = chain(add(tree))
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return _END
        start, count = len(sectors), -(-len(data) // 512)
        for n in range(count):
            sectors.append(data[n * 512 : n * 512 + 512].ljust(512, b"\0"))
            fat.append(start + n + 1 if n + 1 < count else _END)
        return start

    small, small_fat = bytearray(), []

    def store_small(data: bytes) -> int:
        """Streams under 4096 bytes live in blocks of 64 within one stream of their own, the root's."""
        if not data:
            return _END
        start, count = len(small_fat), -(-len(data) // 64)
        small.extend(data.ljust(count * 64, b"\0"))
        small_fat.extend([*range(start + 1, start + count), _END])
        return start

    starts = []
    for _, kind, _, data in entries:
        assert isinstance(data, bytes)
        starts.append(0 if kind != 2 else store(data) if len(data) >= 4096 else store_small(data))
    starts[0], entries[0][3] = store(bytes(small)), bytes(small)
    small_table = store(
        b"".join(struct.pack("<I", n) for n in small_fat).ljust(-(-len(small_fat) // 128) * 512, b"\xff")
    )
    records = []
    for at, (name, kind, child, data) in enumerate(entries):
        assert isinstance(data, bytes)
        told, start = (str(name) + "\0").encode("utf-16-le"), starts[at]
        record = told.ljust(64, b"\0") + struct.pack("<HBB", len(told), int(str(kind)), 1)
        record += struct.pack("<III", _FREE, siblings.get(at, _FREE), int(str(child))) + bytes(36)
        records.append(record + struct.pack("<IQ", start, len(data)))
    while len(records) % 4:
        records.append(bytes(64) + struct.pack("<HBBIII", 0, 0, 0, _FREE, _FREE, _FREE) + bytes(48))
    directory = store(b"".join(records))
    own = 1
    while len(fat) + own > own * 128:
        own += 1
    places = list(range(len(fat), len(fat) + own))
    table = [*fat, *([_FAT] * own)]
    table += [_FREE] * (own * 128 - len(table))
    sectors += [struct.pack("<128I", *table[n * 128 : n * 128 + 128]) for n in range(own)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, own, directory, 0, 4096, small_table, 1, _END, 0)
    head += struct.pack("<109I", *places, *([_FREE] * (109 - own)))
    return head + b"".join(sectors)


def outlook(attachments: Sequence[tuple[str, bytes]], page: str = "") -> bytes:
    """A mail as Outlook keeps it (.msg)."""

    def storage(head: int, held: Mapping[tuple[int, int], bytes], more: bytes = b"") -> dict[str, bytes | Tree]:
        """Properties by (id, type): listed in one stream, each value in its own."""
        listed = b"".join(struct.pack("<HHIQ", kind, key, 6, len(value)) for (key, kind), value in held.items())
        streams = {f"__substg1.0_{key:04X}{kind:04X}": value for (key, kind), value in held.items()}
        return {"__properties_version1.0": bytes(head) + listed + more, **streams}

    utf8 = struct.pack("<HHIQ", 0x0003, 0x3FDE, 6, 65001)  # the code page of the text
    tree = storage(32, {(0x1013, 0x0102): page.encode(), (0x0037, 0x001F): "Отчёт".encode("utf-16-le")}, utf8)
    for number, (name, data) in enumerate(attachments):
        told = {(0x3701, 0x0102): data, (0x3707, 0x001F): name.encode("utf-16-le")}
        tree[f"__attach_version1.0_#{number:08X}"] = storage(8, told)
    return compound(tree)


def xlsb(rows: Sequence[tuple[int, int, bool, Sequence[object]]], sheet: str = "Лист1") -> bytes:
    """A binary workbook of one sheet: rows of (number from 1, outline level, hidden, cells); an error is its byte."""

    def record(kind: int, data: bytes = b"") -> bytes:
        told = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length, size = b"", len(data)
        while True:
            size, low = size >> 7, size & 0x7F
            length += bytes([low | (0x80 if size else 0)])
            if not size:
                return told + length + data

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    body = record(129) + record(148, struct.pack("<IIII", 0, 99, 0, 9)) + record(145)
    for number, level, hidden, cells in rows:
        bits = level | (0x10 if hidden else 0)
        body += record(0, struct.pack("<IIHBBB", number - 1, 0, 300, 0, bits, 0) + struct.pack("<I", 0))
        for column, cell in enumerate(cells):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, bytes):
                body += record(3, place + cell)
            elif isinstance(cell, str):
                body += record(6, place + wide(cell))
            elif cell is not None:
                body += record(5, place + struct.pack("<d", float(str(cell))))
    body += record(146) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(sheet))
    book += record(144) + record(132)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", links)
        archive.writestr("xl/worksheets/sheet1.bin", body)
    return held.getvalue()
