"""With the demo world behind it every screen is alive: whoever may open a page finds something there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from tests.portal.sellout.sending import newest, send, work

from zveno.accounts.models import User
from zveno.base.scope import entered, system_scope
from zveno.demo.rules.people import DOMAIN
from zveno.demo.samples import write_samples
from zveno.demo.world import World
from zveno.desk.chain.asking import CUTS
from zveno.desk.chain.labels import KEY_OF, lifting
from zveno.insight.queries.chain import Narrowing, monthly
from zveno.insight.queries.dimensions import dimensions
from zveno.insight.queries.lines import figure_of
from zveno.insight.rules.spans import span_of
from zveno.insight.rules.tables import added_up, rows_by_key
from zveno.partners.access import access_table
from zveno.partners.rules.roles import Role, rights_of

pytestmark = pytest.mark.slow

_ROLES = {
    "admin": Role.OPERATOR_ADMIN, "channel": Role.CHANNEL_MANAGER, "finance": Role.OPERATOR_ACCOUNTANT,
    "sales": Role.SELLER_MANAGER, "distributor": Role.HEAD, "dealer": Role.HEAD, "buyer": Role.BUYER,
    "viewer": Role.VIEWER, "accountant": Role.ACCOUNTANT, "stranger": Role.HEAD,
}  # fmt: skip
_SECTIONS = {
    "admin": {"desk"}, "channel": {"desk"}, "finance": {"desk"}, "sales": {"selling"},
    "distributor": {"selling", "buying"},
}  # fmt: skip
# A search without words finds nothing; the sales house itself reports to nobody; the stranger's programs have no keys;
# in this small world nothing is on the way to the distributor and the stranger, and the
# stranger's orders lack nothing.
_MAY_BE_EMPTY = {"buying:search", "selling:search", "desk_orders:search"}
# The distributor and the stranger owe nothing there, and claim nothing.
_MONEY = ("money:settlements", "money:receivables", "money:calendar")
_EMPTY_FOR = {
    "sales": {"sellout:reports", "sellout:codes"},
    "distributor": {"company:keys", "brought:shipments", "claims:list", *_MONEY},
    "stranger": {"company:keys", "brought:shipments", "buying:needs", "claims:list", "money:documents", *_MONEY},
}


def pages_of(who: str) -> list[tuple[str, str]]:
    """(name, address) of every page without parameters that this person may open."""
    sells = who in ("sales", "distributor")
    rights = rights_of(_ROLES[who], sells=sells)
    found = []
    for name, access in access_table().items():
        fits = access.section.value in _SECTIONS.get(who, {"buying"}) and (
            access.right is None or access.right in rights
        )
        if not fits or access.own_door:
            continue
        try:
            found.append((name, reverse(name)))
        except NoReverseMatch:
            continue
    return found


@pytest.mark.parametrize("who", _ROLES)
def test_every_page_a_person_may_open_opens(world: World, client: Any, who: str) -> None:
    client.force_login(User.objects.get(email=f"{who}@{DOMAIN}"), backend=_BACKEND)
    empty = []
    for name, address in pages_of(who):
        answer = client.get(address)
        assert answer.status_code in (200, 204, 302, 400, 405, 422), (name, answer.status_code)
        is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and 'class="z-empty' in answer.content.decode():
            empty.append(name)
    assert set(empty) <= _MAY_BE_EMPTY | _EMPTY_FOR.get(who, set()), empty


_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_every_cut_of_the_chain_comes_to_the_same_sum(world: World) -> None:
    with entered(system_scope()):
        known = dimensions(language="ru")
        span = span_of(today=world.today, count=12)
        narrowing = Narrowing(makers=known.makers)
        for step in ("primary", "secondary"):
            whole = figure_of(step=step, period=span.period, narrowing=narrowing)
            assert whole.amount > 0
            for cut in CUTS:
                cells = monthly(step=step, key=KEY_OF[cut], span=span, narrowing=narrowing)
                rows = rows_by_key(cells, lifted=lifting(cut, known))
                assert added_up(rows).total == whole, (step, cut)
                assert len(rows) > 3


def test_the_sample_file_is_read_silently_and_asks_about_its_strange_codes(
    world: World, client: Any, tmp_path: Path
) -> None:
    client.force_login(User.objects.get(email=f"distributor@{DOMAIN}"), backend=_BACKEND)
    sample = next(path for path in write_samples(world, tmp_path) if path.suffix == ".xlsx")
    assert send(client, sample.read_bytes(), sample.name).status_code == 302
    report = work(newest())
    assert report.state == "asking"
    assert 1 <= report.summary["open_questions"] <= 9
    assert report.summary["lines"] > report.summary["resolved"]["asked"] * 2
    assert client.get(f"/sell-out/{report.pk}/").status_code == 200
