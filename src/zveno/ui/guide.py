"""Sample values for the style guide: every component as a page would use it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.kit.money import Money
from zveno.ui.charts import Chart, Series
from zveno.ui.navigation import CartSummary, Freshness, Item, Party, Section, Shell
from zveno.ui.pages import Chip, ListPage
from zveno.ui.parts import Crumb, Event, Reason, Step


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As in the papers."))
    inn = forms.CharField(label=gettext_lazy("INN"), max_length=12)
    terms = forms.ChoiceField(
        label=gettext_lazy("Payment"), choices=[("0", gettext_lazy("Prepayment")), ("30", gettext_lazy("In 30 days"))]
    )
    day = forms.DateField(
        label=gettext_lazy("Wished date"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    about = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    whole = forms.BooleanField(label=gettext_lazy("Ship in one delivery"), required=False)
    way = forms.ChoiceField(
        label=gettext_lazy("Delivery"),
        widget=forms.RadioSelect,
        choices=[("self", gettext_lazy("We collect")), ("carrier", gettext_lazy("By carrier"))],
    )


def _shell(now: datetime) -> Shell:
    def item(key: str, label: str, icon: str, badge: int | None = None, *, bar: bool = False) -> Item:
        return Item(key, label, f"#{key}", icon=icon, badge=badge, bar=bar)

    return Shell(
        sections=[
            Section(
                "buying",
                _("Buying"),
                [
                    item("catalog", _("Catalog"), "category", bar=True),
                    item("cart", _("Cart"), "shopping-cart", bar=True),
                    item("orders", _("Orders"), "clipboard-list", 2, bar=True),
                    item("shipments", _("Shipments"), "truck-delivery"),
                    item("claims", _("Claims"), "alert-triangle"),
                ],
            ),
            Section(
                "sellout",
                _("Sell-out"),
                [item("reports", _("Reports"), "file-spreadsheet", 30), item("chain", _("Chain"), "chart-line")],
            ),
            Section(
                "money",
                _("Money"),
                [item("settlements", _("Settlements"), "cash", bar=True), item("papers", _("Papers"), "file-text")],
            ),
            Section(
                "company",
                _("Company"),
                [item("people", _("People"), "users"), item("exchange", _("Exchange"), "arrows-exchange")],
            ),
        ],
        current="orders",
        parties=[
            Party("1", "ООО «Свет»", "ИНН 7707083893", current=True),
            Party("2", "ООО «Свет-Регион»", "ИНН 5406780551"),
        ],
        party_url="#party",
        search_url="#search",
        suggest_url="#suggest",
        cart=CartSummary("#cart", 12, Decimal("184320")),
        person="Анна Петрова",
        person_note="anna@svet.example",
        freshness=[
            Freshness("1С", now - timedelta(minutes=2)),
            Freshness(_("Stock"), now - timedelta(hours=3), "warn"),
        ],
    )


def _orders(request: HttpRequest) -> ListPage[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {
            "number": "ЗК-00412",
            "day": date(2026, 4, 17),
            "lines": 42,
            "sum": Decimal("184320.5"),
            "state": (_("Confirmed"), "good"),
            "ship": date(2026, 4, 18),
        },
        {
            "number": "ЗК-00411",
            "day": date(2026, 4, 16),
            "lines": 7,
            "sum": Decimal("9210"),
            "state": (_("Waits for stock"), "warn"),
            "ship": date(2026, 4, 29),
        },
        {
            "number": "ЗК-00398",
            "day": date(2026, 4, 12),
            "lines": 118,
            "sum": Decimal("1204877.12"),
            "state": (_("In delivery"), "active"),
            "ship": date(2026, 4, 15),
        },
        {
            "number": "ЗК-00377",
            "day": date(2026, 4, 2),
            "lines": 1,
            "sum": Decimal("-310.04"),
            "state": (_("Refused"), "bad"),
            "ship": None,
        },
        {
            "number": "ЗК-00341",
            "day": date(2026, 3, 28),
            "lines": 12,
            "sum": Decimal("56000"),
            "state": (_("Draft"), ""),
            "ship": None,
        },
    ]
    return ListPage(
        rows=rows,
        number=3,
        size=5,
        total=340,
        more=True,
        sort="-sum",
        query=request.GET,
        chips=[Chip(_("State"), _("open"), "?"), Chip(_("Seller"), "ООО «Луч»", "?")],
        export_url="#xlsx",
    )


def _charts() -> dict[str, object]:
    months = [f"{at:02}.2025" for at in range(5, 13)] + ["01.2026", "02.2026", "03.2026", "04.2026", "05.2026"]
    first = [412, 430, 398, 377, 520, 610, 655, 702, 580, 540, 612, 640, None]
    second = [300, 322, 350, 361, 402, 433, 470, 520, 498, 471, 489, 505, None]
    return {
        "lines": Chart(
            _("Sales of the chain, pieces"),
            months,
            [
                Series(_("Shipped in"), first, 1),
                Series(_("Sold out"), second, 2),
                Series(_("Forecast"), [*[None] * 11, 505, 560], 3, dashed=True),
            ],
        ),
        "bars": Chart(
            _("Stock of the channel by age"),
            months,
            [
                Series(_("to 30 days"), second, 1, "bar"),
                Series(_("to 90 days"), [v and v // 3 for v in first], 2, "bar"),
                Series(_("older"), [v and v // 9 for v in first], 6, "bar"),
            ],
            stacked=True,
            currency="RUB",
        ),
    }


def sample(request: HttpRequest) -> dict[str, object]:
    """The context of `ui/guide.html`."""
    now = timezone.now()
    form = SampleForm({"inn": "77070838", "terms": "30", "way": "self", "name": "ООО «Свет»"})
    form.add_error("inn", _("An INN has 10 or 12 digits; this one has 8."))
    return {
        "shell": _shell(now),
        "page": _orders(request),
        "crumbs": [Crumb(_("Orders"), "#"), Crumb(_("April"), "#")],
        "form": form,
        "now": now,
        "figure": Money(Decimal("1234.5")),
        "tabs_items": [
            Item("lines", _("Lines"), "#lines", badge=42),
            Item("papers", _("Papers"), "#papers"),
            Item("history", _("History"), "#history"),
        ],
        "steps_items": [
            Step(_("Sent"), "done", day=date(2026, 4, 12)),
            Step(_("Confirmed"), "done", day=date(2026, 4, 13)),
            Step(_("Being picked"), "current", _("4 of 7 lines")),
            Step(_("In delivery")),
            Step(_("Received")),
        ],
        "events": [
            Event(now, _("Shipment 88 has left the warehouse"), _("Warehouse"), tone="active"),
            Event(
                now - timedelta(hours=5),
                _("Date moved from 15 to 18 April"),
                "Иван Ким",
                _("The truck is late by a day."),
                "warn",
            ),
            Event(now - timedelta(days=2), _("Order sent"), "Анна Петрова", tone="good"),
        ],
        "reasons": [
            Reason(_("Base price"), _("column «Dealer 2»"), Decimal("1500")),
            Reason(_("Category discount"), "−15 %", Decimal("1275")),
            Reason(_("Quantity from 40"), "−40,50", Decimal("1234.5")),
        ],
        "sheet": [
            ("4606400000019", _("Lamp E27 LED 10 W, warm"), Decimal("70"), Decimal("89.9"), _("from stock 18.04"), ""),
            (
                "4606400000026",
                _("Lamp E14 LED 7 W, neutral, a long name that does not fit into one line of a narrow table"),
                Decimal("120"),
                Decimal("74.5"),
                _("70 coming 15.04 + 50 from stock"),
                "",
            ),
            ("LED-10?", _("Which one do you mean?"), Decimal("5"), None, _("code unknown"), "z-doubt"),
        ],
        "shares": (Decimal("0.125"), Decimal("-0.04")),
        "spark": [4, 6, 5, 8, 7, 9, 12, 11],
        **_charts(),
    }
