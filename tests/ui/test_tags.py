"""Tags and filters as a template author calls them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from zveno.kit.money import Money
from zveno.ui.charts import Chart, Series
from zveno.ui.navigation import Item, Party, Section, Shell
from zveno.ui.pages import Chip, ListPage

NB = "\u00a0"


def draw(source: str, language: str = "ru", **values: Any) -> str:
    with translation.override(language):
        return Template("{% load ui %}" + source).render(Context(values)).strip()


def test_money_is_a_span_as_a_tag_and_text_as_a_filter() -> None:
    assert draw("{% money v %}", v=Money(Decimal("1234.5"))) == f'<span class="z-num">1{NB}234,50{NB}₽</span>'
    assert draw("{{ v|money:'USD' }}", "en", v=Decimal("5")) == "$5.00"


def test_a_figure_for_an_input_has_no_grouping() -> None:
    assert draw("{{ v|plain }}", v=Decimal("1234.500")) == "1234,5"
    assert draw("{{ v|plain }}", "en", v=Decimal("1234.500")) == "1234.5"


def test_a_moment_is_on_the_readers_clock() -> None:
    moment = datetime(2026, 4, 17, 22, 30, tzinfo=UTC)
    with timezone.override("Asia/Novosibirsk"):
        assert f">18.04.2026{NB}05:30</time>" in draw("{% moment v %}", v=moment)
        assert draw("{% date v %}", v=moment).endswith(">18.04.2026</time>")


def test_a_state_has_a_word_a_colour_and_a_sign() -> None:
    badge = draw('{% state_badge "В пути" "active" %}')
    assert badge.startswith('<span class="z-state z-tone-active"><svg')
    assert badge.endswith("В пути</span>")


def test_what_comes_from_outside_is_escaped() -> None:
    evil = '<script>x</script>"'
    assert "<script>" not in draw(
        "{% state_badge v 'bad' %}{% note v %}{% empty_state v v '#' v %}{% icon 'x' label=v %}", v=evil
    )
    assert "<script>" not in draw("{% stat v v hint=v %}{% combobox 'a' '/s' v text=v %}", v=evil)


def test_an_icon_is_decoration_unless_labelled() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "search" %}')
    assert 'role="img" aria-label="Поиск"' in draw('{% icon "search" label="Поиск" %}')


def test_a_head_sorts_figures_by_the_greatest_first_and_turns_round() -> None:
    source = '{% sort_header page "sum" "Сумма" figure=True %}'
    unsorted = draw(source, page=ListPage(rows=[], query=QueryDict("state=open&page=3")))
    assert 'href="?state=open&amp;sort=-sum"' in unsorted
    assert "aria-sort" not in unsorted
    falling = draw(source, page=ListPage(rows=[], sort="-sum", query=QueryDict("sort=-sum")))
    assert 'aria-sort="descending"' in falling
    assert 'href="?sort=sum"' in falling


def test_pages_are_offered_only_when_there_is_more_than_one() -> None:
    one = draw("{% pagination page %}", page=ListPage(rows=[1, 2], total=2))
    assert "1–2 из 2" in one
    assert "<ul>" not in one
    many = draw(
        "{% pagination page %}", page=ListPage(rows=[1], number=2, size=1, total=3, more=True, query=QueryDict("a=1"))
    )
    assert 'rel="prev" href="?a=1"' in many
    assert 'rel="next" href="?a=1&amp;page=3"' in many


def test_an_uncounted_list_still_goes_on() -> None:
    page = ListPage(rows=[1], number=2, size=1, total=None, more=True)
    drawn = draw("{% pagination page %}{% list_count page %}", page=page)
    assert "2–2" in drawn
    assert 'rel="next"' in drawn


def test_a_chip_says_what_removing_it_does() -> None:
    page = ListPage(rows=[], chips=[Chip("Состояние", "открытые", "?a=1")])
    assert 'href="?a=1" aria-label="Снять фильтр: открытые"' in draw("{% filter_chips page %}", page=page)


def test_query_replace_keeps_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/?a=1&page=2")
    assert draw("{% query_replace b='x' %}", request=request) == "?a=1&amp;b=x"


class OrderForm(forms.Form):
    inn = forms.CharField(help_text="Как в документах.")
    note = forms.CharField(required=False)


def test_a_field_is_tied_to_its_error_and_help() -> None:
    form = OrderForm({"inn": ""})
    drawn = draw("{% fields form %}", form=form)
    assert 'aria-describedby="id_inn_error id_inn_help"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_inn_error"' in drawn
    assert "необязательно" in drawn


def test_the_change_of_a_figure_is_coloured_by_what_is_welcome() -> None:
    assert 'class="z-bad"' in draw("{% stat 'Долг' '1' c good='down' %}", c=Decimal("0.125"))
    assert 'class="z-good"' in draw("{% stat 'Продажи' '1' c %}", c=Decimal("0.125"))
    assert 'class=""' in draw("{% stat 'Цена' '1' c good='none' %}", c=Decimal("0.125"))


def test_a_chart_carries_the_same_figures_twice() -> None:
    figure = Chart("Продажи", ["04.2026"], [Series("Отгружено", [Decimal("1234.5")])], currency="RUB", digits=2)
    drawn = draw("{% chart figure %}", figure=figure)
    assert '"values": [1234.5]' in drawn
    assert f"1{NB}234,50{NB}₽" in drawn
    assert "style=" not in drawn


def test_a_sparkline_of_one_point_is_nothing() -> None:
    assert draw("{% sparkline v %}", v=[1]) == ""
    assert draw("{% sparkline v %}", v=[5, 5]).count("<polyline") == 1


def test_a_date_without_a_value_is_a_dash() -> None:
    assert draw("{% date v %}{% moment v %}{% ago v %}", v=None) == "———"
    assert draw("{% date v 'day' %}", v=date(2026, 4, 17)).endswith(">17.04</time>")


def test_the_bottom_bar_takes_marked_entries_and_no_more_than_four() -> None:
    items = [Item(str(at), str(at), "#", bar=at % 2 == 0) for at in range(12)]
    shell = Shell(
        sections=[Section("a", "A", items)], parties=[Party("1", "Свет", current=True)], person="Анна Петрова"
    )
    assert [item.key for item in shell.bar] == ["0", "2", "4", "6"]
    assert shell.initials == "АП"
    assert shell.party is not None


@pytest.mark.parametrize("name", ["main", "charts"])
def test_an_entry_is_loaded_as_a_module(name: str) -> None:
    assert '<script type="module" src="/static/built/assets/' in draw("{% asset name %}", name=name)
