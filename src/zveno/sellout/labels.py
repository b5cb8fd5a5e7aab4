"""Short names that sell-out pages use: fields of a line, states of a report, ways a product was found."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.ui.navigation import Tone

Label = str | Promise

FIELD_GROUPS: tuple[tuple[str, Label, tuple[tuple[str, Label], ...]], ...] = (
    (
        "product",
        _("Product"),
        (
            ("product_code", _("Own code of the product")),
            ("article", _("Manufacturer's article")),
            ("barcode", _("Barcode")),
            ("product_name", _("Product name")),
            ("brand", _("Brand")),
        ),
    ),
    (
        "figures",
        _("Figures"),
        (
            ("quantity", _("Quantity")),
            ("unit", _("Unit")),
            ("price", _("Price")),
            ("amount", pgettext_lazy("money", "Sum")),
            ("currency", _("Currency")),
        ),
    ),
    (
        "date",
        _("Date and document"),
        (
            ("sold_on", _("Date of sale")),
            ("document_number", _("Document number")),
            ("operation", _("Sale or return")),
        ),
    ),
    (
        "customer",
        _("Customer"),
        (
            ("customer_name", _("Customer")),
            ("customer_code", _("Customer code")),
            ("customer_inn", _("Customer INN")),
            ("customer_region", _("Region or city")),
            ("customer_address", _("Customer address")),
        ),
    ),
    ("other", _("Other"), (("outlet", _("Warehouse or branch")),)),
)
"""The meanings a column may have, grouped: key, name, (field, label)."""

FIELD_LABELS: dict[str, Label] = {field: label for _key, _name, fields in FIELD_GROUPS for field, label in fields}
GROUP_OF_FIELD: dict[str, str] = {field: key for key, _name, fields in FIELD_GROUPS for field, _label in fields}

STATE_LABELS: dict[str, Label] = {
    "reading": pgettext_lazy("report", "Being read"),
    "mapping": pgettext_lazy("report", "Columns to check"),
    "taking": pgettext_lazy("report", "Being taken in"),
    "asking": pgettext_lazy("report", "Questions"),
    "ready": pgettext_lazy("report", "Ready to accept"),
    "accepted": pgettext_lazy("report", "Accepted"),
    "refused": pgettext_lazy("report", "Not readable"),
    "withdrawn": pgettext_lazy("report", "Withdrawn"),
}
STATE_TONES: dict[str, Tone] = {
    "reading": "info",
    "mapping": "warn",
    "taking": "info",
    "asking": "warn",
    "ready": "active",
    "accepted": "good",
    "refused": "bad",
    "withdrawn": "",
}

MONTH_LABELS: dict[str, Label] = {
    "accepted": pgettext_lazy("month", "Accepted"),
    "partly": pgettext_lazy("month", "In part"),
    "in_work": pgettext_lazy("month", "In work"),
    "due": pgettext_lazy("month", "Awaited"),
    "late": pgettext_lazy("month", "Late"),
    "ahead": pgettext_lazy("month", "Not over yet"),
    "not_owed": pgettext_lazy("month", "Not owed"),
}
MONTH_TONES: dict[str, Tone] = {
    "accepted": "good",
    "partly": "warn",
    "in_work": "active",
    "due": "info",
    "late": "bad",
    "ahead": "",
    "not_owed": "",
}

REASONS: dict[str, Label] = {
    "own_map": _("your code list"),
    "answer": _("your answer"),
    "article": _("article"),
    "folded_article": _("article, written otherwise"),
    "barcode": _("barcode"),
    "former_code": _("former article"),
    "folded_former_code": _("former article, written otherwise"),
    "product_code": _("code equal to the article"),
    "folded_product_code": _("code close to the article"),
    "code_in_name": _("article within the name"),
    "same_name": _("the same name"),
    "name": _("similar name"),
    "foreign": _("not the manufacturer's"),
    "later": _("put off"),
}
"""By what a product was found."""

CONFLICTS: dict[str, Label] = {
    "name": _("the names differ"),
    "model": _("another model"),
    "number": _("another number"),
    "pack": _("another pack"),
    "volume": _("another volume"),
    "volume_oz": _("another volume"),
    "mass": _("another weight"),
    "mass_lb": _("another weight"),
    "power": _("another wattage"),
    "voltage": _("another voltage"),
    "current": _("another current"),
    "colour_temperature": _("another light colour"),
    "length": _("another size"),
    "inch": _("another size"),
    "memory": _("other memory"),
    "memory_mb": _("other memory"),
    "pixels": _("another resolution"),
    "frequency": _("another frequency"),
    "frequency_g": _("another frequency"),
    "share": _("another share"),
    "colour": _("another colour"),
    "side": _("the other side"),
    "gloss": _("another gloss"),
    "sex": _("for others"),
    "power_m": _("another wattage"),
    "current_k": _("another breaking capacity"),
    "section": _("another cross-section"),
    "feet": _("another size"),
    "sheets": _("another number of sheets"),
    "frequency_m": _("another frequency"),
    "untold_colour": _("the product names no colour"),
    "untold_side": _("the product names no side"),
    "untold_gloss": _("the product names no gloss"),
    "untold_sex": _("the product does not say for whom"),
}
"""What speaks against a candidate."""

AGREEMENTS: dict[str, Label] = {
    "model": _("the same model or code"),
    "sizes": _("the same sizes"),
    "colour": _("the same colour"),
    "side": _("the same side"),
    "gloss": _("the same gloss"),
    "words": _("the same words"),
}
"""What speaks for a candidate."""

DATE_ORDERS: tuple[tuple[str, Label], ...] = (
    ("dmy", _("day, month, year")),
    ("mdy", _("month, day, year")),
    ("ymd", _("year, month, day")),
)
RETURNS: tuple[tuple[str, Label], ...] = (
    ("negative", _("quantity below zero")),
    ("operation", _("the word in the operation column")),
    ("inverted", _("quantity above zero (sales are negative)")),
    ("all", _("the whole file holds returns")),
)
DECIMAL_MARKS: tuple[tuple[str, Label], ...] = (
    ("auto", _("as found")),
    (",", _("comma")),
    (".", _("point")),
)

CODE_KINDS: dict[str, Label] = {
    "code": pgettext_lazy("code kind", "own code"),
    "article": pgettext_lazy("code kind", "article"),
    "barcode": pgettext_lazy("code kind", "barcode"),
    "name": pgettext_lazy("code kind", "name"),
}
"""What a remembered decision is kept under."""
