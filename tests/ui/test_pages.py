"""A page of a list: its order, its number, the filters in the address."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from zveno.ui.pages import ListPage, read_page, replaced


def test_a_page_knows_what_it_shows() -> None:
    page = read_page(query=QueryDict("page=2"), rows=list(range(120)), size=50)
    assert (page.rows[0], len(page.rows), page.first, page.last, page.total, page.pages, page.more) == (
        50,
        50,
        51,
        100,
        120,
        3,
        True,
    )


def test_without_counting_the_next_page_is_still_known() -> None:
    page = read_page(query=QueryDict("page=3"), rows=list(range(120)), size=50, counted=False)
    assert (page.total, page.pages, page.more, page.first, page.last) == (None, None, False, 101, 120)


@pytest.mark.parametrize("asked", ["0", "-1", "x", "²", "99999999999999", ""])
def test_a_strange_page_number_is_page_one(asked: str) -> None:
    query = QueryDict(mutable=True)
    query["page"] = asked
    assert read_page(query=query, rows=[1, 2, 3]).number == 1


def test_a_page_past_the_end_is_the_last_one() -> None:
    assert read_page(query=QueryDict("page=900"), rows=list(range(120)), size=50).number == 3


def test_an_empty_list_has_one_empty_page() -> None:
    page = read_page(query=QueryDict(), rows=[])
    assert (page.number, page.pages, page.first, page.last, page.more) == (1, 1, 0, 0, False)


def test_only_declared_keys_sort() -> None:
    sorts = {"sum": "total"}
    assert read_page(query=QueryDict("sort=-sum"), rows=[], sorts=sorts).sort == "-sum"
    assert read_page(query=QueryDict("sort=password"), rows=[], sorts=sorts, default_sort="-sum").sort == "-sum"


def test_numbers_leave_gaps_in_a_long_list() -> None:
    assert ListPage(rows=[1], number=3, size=5, total=340).numbers() == [1, 2, 3, 4, 0, 68]


def test_a_change_of_filter_returns_to_page_one_and_keeps_the_rest() -> None:
    query = QueryDict("state=open&page=4&sort=-sum")
    assert replaced(query, state=None) == "?sort=-sum"
    assert replaced(query, page=5) == "?state=open&page=5&sort=-sum"
    assert replaced(query, page=1) == "?state=open&sort=-sum"
