"""Sample values for the style guide: every component as a page would use it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from zveno.kit.money import Money
from zveno.ui.charts import Chart, Series
from zveno.ui.navigation import CartSummary, Freshness, Item, Party, Section, Shell
from zveno.ui.pages import Chip, ListPage
from zveno.ui.parts import Crumb, Event, Reason, Step


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label=pgettext_lazy("guide", "Name"), help_text=pgettext_lazy("guide", "As in the papers."))
    inn = forms.CharField(label=pgettext_lazy("guide", "INN"), max_length=12)
    terms = forms.ChoiceField(
        label=pgettext_lazy("guide", "Payment"),
        choices=[("0", pgettext_lazy("guide", "Prepayment")), ("30", pgettext_lazy("guide", "In 30 days"))],
    )
    day = forms.DateField(
        label=pgettext_lazy("guide", "Wished date"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    about = forms.CharField(
        label=pgettext_lazy("guide", "Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    whole = forms.BooleanField(label=pgettext_lazy("guide", "Ship in one delivery"), required=False)
    way = forms.ChoiceField(
        label=pgettext_lazy("guide", "Delivery"),
        widget=forms.RadioSelect,
        choices=[("self", pgettext_lazy("guide", "We collect")), ("carrier", pgettext_lazy("guide", "By carrier"))],
    )


def _shell(now: datetime) -> Shell:
    def item(key: str, label: str, icon: str, badge: int | None = None, *, bar: bool = False) -> Item:
        return Item(key, label, f"#{key}", icon=icon, badge=badge, bar=bar)

    return Shell(
        sections=[
            Section(
                "buying",
                pgettext("guide", "Buying"),
                [
                    item("catalog", pgettext("guide", "Catalog"), "category", bar=True),
                    item("cart", pgettext("guide", "Cart"), "shopping-cart", bar=True),
                    item("orders", pgettext("guide", "Orders"), "clipboard-list", 2, bar=True),
                    item("shipments", pgettext("guide", "Shipments"), "truck-delivery"),
                    item("claims", pgettext("guide", "Claims"), "alert-triangle"),
                ],
            ),
            Section(
                "sellout",
                pgettext("guide", "Sell-out"),
                [
                    item("reports", pgettext("guide", "Reports"), "file-spreadsheet", 30),
                    item("chain", pgettext("guide", "Chain"), "chart-line"),
                ],
            ),
            Section(
                "money",
                pgettext("guide", "Money"),
                [
                    item("settlements", pgettext("guide", "Settlements"), "cash", bar=True),
                    item("papers", pgettext("guide", "Papers"), "file-text"),
                ],
            ),
            Section(
                "company",
                pgettext("guide", "Company"),
                [
                    item("people", pgettext("guide", "People"), "users"),
                    item("exchange", pgettext("guide", "Exchange"), "arrows-exchange"),
                ],
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
            Freshness(pgettext("guide", "Stock"), now - timedelta(hours=3), "warn"),
        ],
    )


def _orders(request: HttpRequest) -> ListPage[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {
            "number": "ЗК-00412",
            "day": date(2026, 4, 17),
            "lines": 42,
            "sum": Decimal("184320.5"),
            "state": (pgettext("guide", "Confirmed"), "good"),
            "ship": date(2026, 4, 18),
        },
        {
            "number": "ЗК-00411",
            "day": date(2026, 4, 16),
            "lines": 7,
            "sum": Decimal("9210"),
            "state": (pgettext("guide", "Waits for stock"), "warn"),
            "ship": date(2026, 4, 29),
        },
        {
            "number": "ЗК-00398",
            "day": date(2026, 4, 12),
            "lines": 118,
            "sum": Decimal("1204877.12"),
            "state": (pgettext("guide", "In delivery"), "active"),
            "ship": date(2026, 4, 15),
        },
        {
            "number": "ЗК-00377",
            "day": date(2026, 4, 2),
            "lines": 1,
            "sum": Decimal("-310.04"),
            "state": (pgettext("guide", "Refused"), "bad"),
            "ship": None,
        },
        {
            "number": "ЗК-00341",
            "day": date(2026, 3, 28),
            "lines": 12,
            "sum": Decimal("56000"),
            "state": (pgettext("guide", "Draft"), ""),
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
        chips=[
            Chip(pgettext("guide", "State"), pgettext("guide", "open"), "?"),
            Chip(pgettext("guide", "Seller"), "ООО «Луч»", "?"),
        ],
        export_url="#xlsx",
    )


def _charts() -> dict[str, object]:
    months = [f"{at:02}.2025" for at in range(5, 13)] + ["01.2026", "02.2026", "03.2026", "04.2026", "05.2026"]
    first = [412, 430, 398, 377, 520, 610, 655, 702, 580, 540, 612, 640, None]
    second = [300, 322, 350, 361, 402, 433, 470, 520, 498, 471, 489, 505, None]
    return {
        "lines": Chart(
            pgettext("guide", "Sales of the chain, pieces"),
            months,
            [
                Series(pgettext("guide", "Shipped in"), first, 1),
                Series(pgettext("guide", "Sold out"), second, 2),
                Series(pgettext("guide", "Forecast"), [*[None] * 11, 505, 560], 3, dashed=True),
            ],
        ),
        "bars": Chart(
            pgettext("guide", "Stock of the channel by age"),
            months,
            [
                Series(pgettext("guide", "to 30 days"), second, 1, "bar"),
                Series(pgettext("guide", "to 90 days"), [v and v // 3 for v in first], 2, "bar"),
                Series(pgettext("guide", "older"), [v and v // 9 for v in first], 6, "bar"),
            ],
            stacked=True,
            currency="RUB",
        ),
    }


def sample(request: HttpRequest) -> dict[str, object]:
    """The context of `ui/guide.html`."""
    now = timezone.now()
    form = SampleForm({"inn": "77070838", "terms": "30", "way": "self", "name": "ООО «Свет»"})
    form.add_error("inn", pgettext("guide", "An INN has 10 or 12 digits; this one has 8."))
    return {
        "shell": _shell(now),
        "page": _orders(request),
        "crumbs": [Crumb(pgettext("guide", "Orders"), "#"), Crumb(pgettext("guide", "April"), "#")],
        "form": form,
        "now": now,
        "figure": Money(Decimal("1234.5")),
        "tabs_items": [
            Item("lines", pgettext("guide", "Lines"), "#lines", badge=42),
            Item("papers", pgettext("guide", "Papers"), "#papers"),
            Item("history", pgettext("guide", "History"), "#history"),
        ],
        "steps_items": [
            Step(pgettext("guide", "Sent"), "done", day=date(2026, 4, 12)),
            Step(pgettext("guide", "Confirmed"), "done", day=date(2026, 4, 13)),
            Step(pgettext("guide", "Being picked"), "current", pgettext("guide", "4 of 7 lines")),
            Step(pgettext("guide", "In delivery")),
            Step(pgettext("guide", "Received")),
        ],
        "events": [
            Event(
                now,
                pgettext("guide", "Shipment 88 has left the warehouse"),
                pgettext("guide", "Warehouse"),
                tone="active",
            ),
            Event(
                now - timedelta(hours=5),
                pgettext("guide", "Date moved from 15 to 18 April"),
                "Иван Ким",
                pgettext("guide", "The truck is late by a day."),
                "warn",
            ),
            Event(now - timedelta(days=2), pgettext("guide", "Order sent"), "Анна Петрова", tone="good"),
        ],
        "reasons": [
            Reason(pgettext("guide", "Base price"), pgettext("guide", "column «Dealer 2»"), Decimal("1500")),
            Reason(pgettext("guide", "Category discount"), "−15 %", Decimal("1275")),
            Reason(pgettext("guide", "Quantity from 40"), "−40,50", Decimal("1234.5")),
        ],
        "sheet": [
            (
                "4606400000019",
                pgettext("guide", "Lamp E27 LED 10 W, warm"),
                Decimal("70"),
                Decimal("89.9"),
                pgettext("guide", "from stock 18.04"),
                "",
            ),
            (
                "4606400000026",
                pgettext(
                    "guide", "Lamp E14 LED 7 W, neutral, a long name that does not fit into one line of a narrow table"
                ),
                Decimal("120"),
                Decimal("74.5"),
                pgettext("guide", "70 coming 15.04 + 50 from stock"),
                "",
            ),
            (
                "LED-10?",
                pgettext("guide", "Which one do you mean?"),
                Decimal("5"),
                None,
                pgettext("guide", "code unknown"),
                "z-doubt",
            ),
        ],
        "shares": (Decimal("0.125"), Decimal("-0.04")),
        "spark": [4, 6, 5, 8, 7, 9, 12, 11],
        **_charts(),
    }
