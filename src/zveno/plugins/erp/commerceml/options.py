"""The settings of a CommerceML connection: what 1С means by its words, and how it likes to be answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.exchange.ports import Option

OPTIONS = (
    Option(
        "stock_means",
        _("What a stock figure means"),
        "choice",
        "on_hand",
        _("Free: 1С has already taken off what it holds for orders it knows. Those of the portal are added back."),
        (("on_hand", _("All that lies in the warehouse")), ("free", _("What is free after reservations in 1С"))),
    ),
    Option(
        "total_warehouse",
        _("Warehouse of undivided stock"),
        "text",
        "",
        _("Where stock goes that 1С tells without naming warehouses. Empty: “Main warehouse”."),
    ),
    Option(
        "default_vat",
        _("VAT of products that name none, %"),
        "decimal",
        "",
        _("Empty: unknown."),
        most=100,
    ),
    Option(
        "encoding",
        _("Encoding of answers and orders"),
        "choice",
        "utf-8",
        _("Old configurations (УТ 10, УПП) may need windows-1251."),
        (("utf-8", "UTF-8"), ("windows-1251", "windows-1251")),
    ),
    Option(
        "version",
        _("Version of CommerceML for orders"),
        "choice",
        "2.10",
        _("3.1 only where 1С exchanges by protocol 3."),
        (("2.08", "2.08"), ("2.10", "2.10"), ("3.1", "3.1")),
    ),
    Option(
        "zip",
        _("Take archives"),
        "choice",
        "yes",
        _("Packed files come faster. Without, each file comes by itself."),
        (("yes", _("Yes")), ("no", _("No"))),
    ),
    Option(
        "file_limit",
        _("Largest piece of a file, MB"),
        "whole",
        "8",
        _("1С sends larger files in pieces of this size. Make it smaller where a proxy cuts requests short."),
        least=1,
        most=64,
    ),
)


def file_limit_bytes(chosen: str) -> int:
    """The agreed size of a piece."""
    return int(chosen) << 20
