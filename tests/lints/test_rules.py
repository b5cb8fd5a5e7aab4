"""Each house lint passes what its rule allows and names what it forbids, at the right line."""

from __future__ import annotations

import pytest
from lints.__main__ import main
from lints.ground import Finding
from tests.lints.conftest import House

from lints import actions, docstrings, faces, foreign_keys, lengths, neighbours, pure_rules, unscoped


def lines(found: list[Finding]) -> list[tuple[str, int]]:
    return [(finding.path.removeprefix("src/zveno/"), finding.line) for finding in sorted(found)]


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("orders/actions/a.py", "from zveno.stock.actions.reserve import reserve"),
        ("orders/queries/a.py", "from zveno.stock.queries import supply"),
        ("orders/queries/a.py", "from zveno.orders.models import Order"),
        ("orders/queries/a.py", "from zveno.accounts.models import User"),
        ("orders/a.py", "from ..base.models import Task"),
        ("portal/buying/access.py", "from zveno.partners.access import allow"),
        ("portal/buying/orders.py", "from zveno.orders.shown import state_badge"),
        ("orders/shown.py", "from zveno.stock.words import reasons_of"),
        ("config/wiring.py", "from zveno.orders import subscribers"),
        ("demo/load.py", "from zveno.partners.models import Company"),
        ("orders/a.py", "from __future__ import annotations"),
    ],
)
def test_doors_are_open(house: House, where: str, source: str) -> None:
    assert neighbours.check(house({where: source})) == []


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("orders/actions/a.py", "from zveno.stock.models import Balance"),
        ("orders/actions/a.py", "from zveno.stock import models"),
        ("orders/actions/a.py", "import zveno.stock.models as tables"),
        ("orders/actions/a.py", "from ...stock.models import Balance"),
        ("orders/actions/a.py", "import zveno.stock"),
        ("orders/actions/a.py", "def f():\n    from zveno.stock.jobs import take"),
        ("orders/actions/a.py", "from zveno.stock.shown import words_of"),
        ("orders/actions/a.py", "from zveno.partners.access import allow"),
        ("orders/actions/a.py", "from zveno.accounts.models import ApiKey"),
        ("orders/actions/a.py", "from zveno.stock.rules.promise import _split"),
        ("orders/actions/a.py", "from zveno.orders.actions.b import _lines"),
        ("plugins/erp/x/codec.py", "from zveno.orders.models import Order"),
    ],
)
def test_a_way_past_the_doors_is_found(house: House, where: str, source: str) -> None:
    found = neighbours.check(house({where: source}))
    assert lines(found) == [(where, source.count("\n") + 1)]


@pytest.mark.parametrize(
    "field",
    [
        'models.ForeignKey("partners.Company", on_delete=models.PROTECT)',
        'models.ForeignKey("self", null=True, on_delete=models.PROTECT)',
        "models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)",
        "models.OneToOneField(Other, on_delete=models.PROTECT)",
        'models.ForeignKey("contenttypes.ContentType", on_delete=models.PROTECT)',
        "models.ForeignKey(Company, on_delete=models.PROTECT)",
    ],
)
def test_keys_point_down_or_stay_at_home(house: House, field: str) -> None:
    source = f"from zveno.partners.models import Company\nclass A(models.Model):\n    key = {field}\n"
    assert foreign_keys.check(house({"orders/models.py": source})) == []


@pytest.mark.parametrize(
    "field",
    [
        'models.ForeignKey("orders.Order", on_delete=models.PROTECT)',
        'models.OneToOneField(to="orders.Order", on_delete=models.PROTECT)',
        "ForeignKey(Order, on_delete=models.PROTECT)",
        "ForeignKey(tables.Order, on_delete=models.PROTECT)",
        'models.ManyToManyField("partners.Company", through="orders.Order")',
    ],
)
def test_a_key_that_points_up_is_found(house: House, field: str) -> None:
    source = (
        "from zveno.orders import models as tables\nfrom zveno.orders.models import Order\n"
        f"class A(models.Model):\n    key = {field}\n"
    )
    assert lines(foreign_keys.check(house({"stock/models.py": source}))) == [("stock/models.py", 4)]


def test_a_key_to_a_neighbour_on_the_same_floor_is_found(house: House) -> None:
    source = 'key = models.ForeignKey("sellout.Report", on_delete=models.PROTECT)'
    assert lines(foreign_keys.check(house({"orders/models.py": source}))) == [("orders/models.py", 1)]


def test_a_face_of_actions_queries_and_a_transaction_passes(house: House) -> None:
    source = """
        from django.db import transaction
        from django.db.models import QuerySet
        from zveno.orders.actions.place_order import place_order
        from zveno.orders.queries.order_page import order_page
    """
    assert faces.check(house({"portal/orders.py": source, "orders/queries/a.py": "Order.objects.all()"})) == []


@pytest.mark.parametrize(
    "source",
    [
        "from zveno.orders.models import Order",
        "from zveno.orders import models",
        "from django.db import models",
        "from django.db.models import Q",
        "from django.db import connection",
        "apps.get_model('orders.Order')",
        "form.instance.__class__.objects.all()",
        "type(row)._base_manager.all()",
        "rows.unscoped('to see more')",
    ],
)
def test_a_face_that_touches_a_table_is_found(house: House, source: str) -> None:
    assert lines(faces.check(house({"portal/orders.py": source}))) == [("portal/orders.py", 1)]


def test_a_module_says_what_it_is_for(house: House) -> None:
    root = house(
        {
            "orders/__init__.py": "",
            "orders/states.py": '"""   """',
            "orders/models.py": '"""Rows of orders."""',
            "orders/migrations/__init__.py": "",
        }
    )
    assert lines(docstrings.check(root)) == [("orders/__init__.py", 1), ("orders/states.py", 1)]


PURE = """
    import random
    import re
    from datetime import date
    from rapidfuzz import fuzz
    from zveno.kit.money import round_money
    from zveno.stock.rules.promise import promise

    def draw(seed: int, day: date) -> float:
        return random.Random(seed).random()
"""


def test_a_pure_rule_passes(house: House) -> None:
    root = house(
        {"orders/rules/a.py": PURE, "orders/queries/b.py": "import os\nfrom django.db import models\nopen('x')"}
    )
    assert pure_rules.check(root) == []


@pytest.mark.parametrize(
    "source",
    [
        "import django",
        "from django.utils.translation import gettext",
        "from zveno.orders.models import Order",
        "from zveno.base.clock import now",
        "import os",
        "import lxml.etree",
        "from pathlib import Path",
        "date.today()",
        "datetime.now(tz)",
        "datetime.datetime.utcnow()",
        "open('prices.csv')",
        "random.random()",
        "random.Random()",
        "uuid.uuid4()",
    ],
)
@pytest.mark.parametrize("where", ["orders/rules/deep/a.py", "kit/a.py"])
def test_a_rule_that_reaches_out_is_found(house: House, where: str, source: str) -> None:
    assert lines(pure_rules.check(house({where: source}))) == [(where, 1)]


def test_kit_stands_on_the_standard_library_alone(house: House) -> None:
    source = "from zveno.orders.rules.states import OrderState"
    assert lines(pure_rules.check(house({"kit/a.py": source}))) == [("kit/a.py", 1)]


MODELS = """
    class Order(models.Model):
        walls = Walls(buying=Rows("company", "companies"))

    class Listing(models.Model):
        walls: ClassVar[Walls] = Walls()

    class Product(models.Model):
        walls = Shared("what is made is no secret")
"""


def test_reads_with_a_scope_or_a_reason_pass(house: House) -> None:
    source = """
        from zveno.orders.models import Listing, Order, Product
        Order.objects.visible_to(current()).filter(pk=1)
        Listing.objects.unscoped("the worker reports the end").update(done=True)
        Order.objects.create(pk=1)
        Product.objects.filter(pk=1)
        Elsewhere.objects.filter(pk=1)
    """
    assert unscoped.check(house({"orders/models.py": MODELS, "orders/queries/a.py": source})) == []


@pytest.mark.parametrize(
    "source",
    [
        "Order.objects.unscoped('')",
        "Order.objects.unscoped('why')",
        "Order.objects.unscoped(reason)",
        "Order.objects.unscoped()",
        "Order.objects.unscoped(f'for {name} alone')",
        "Order.objects.filter(pk=1)",
        "Listing.objects.select_for_update().visible_to(current())",
    ],
)
def test_a_read_without_scope_or_reason_is_found(house: House, source: str) -> None:
    source = f"from zveno.orders.models import Listing, Order\n{source}"
    found = unscoped.check(house({"orders/models.py": MODELS, "orders/queries/a.py": source}))
    assert lines(found) == [("orders/queries/a.py", 2)]


def test_a_table_of_a_package_of_models_is_walled_under_the_name_of_the_package(house: House) -> None:
    files = {
        "orders/models/__init__.py": "from zveno.orders.models.order import Order",
        "orders/models/order.py": MODELS,
        "orders/queries/a.py": "from zveno.orders.models import Order\nOrder.objects.filter(pk=1)",
    }
    assert lines(unscoped.check(house(files))) == [("orders/queries/a.py", 2)]


def test_a_typed_keyword_only_action_and_its_shared_steps_pass(house: House) -> None:
    root = house(
        {
            "orders/actions/place_order.py": """
                @in_transaction
                def place_order(*, cart_id: int) -> int: ...

                def _priced(lines): ...
            """,
            "orders/actions/write_order.py": "def write_order(order: Order) -> None: ...",
            "orders/actions/repeat.py": "from zveno.orders.actions.write_order import write_order",
            "orders/jobs.py": "from zveno.orders.actions.place_order import place_order",
        }
    )
    assert actions.check(root) == []


@pytest.mark.parametrize(
    "source",
    [
        "def place_order(*, cart_id: int) -> int: ...",
        "@in_transaction\ndef place_order(cart_id: int) -> int: ...",
        "@in_transaction\ndef place_order(*ids: int) -> int: ...",
        "@in_transaction\ndef place_order(*, cart_id) -> int: ...",
        "@in_transaction\ndef place_order(*, cart_id: int): ...",
    ],
)
def test_a_loose_action_is_found(house: House, source: str) -> None:
    used = "from zveno.orders.actions.place_order import place_order"
    found = actions.check(house({"orders/actions/place_order.py": source, "portal/a.py": used}))
    assert lines(found) == [("orders/actions/place_order.py", source.count("\n") + 1)]


def test_long_files_are_told_but_stop_nobody(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    root = house({"orders/a.py": '"""Rows."""\n' + "x = 1\n" * 350, "orders/b.py": '"""Rows."""\n' + "x = 1\n" * 349})
    assert lines(lengths.check(root)) == [("orders/a.py", 1)]
    assert main([str(root)]) == 0
    assert capsys.readouterr().out == "src/zveno/orders/a.py:1: 351 lines (a warning)\n"


def test_a_finding_fails_the_run_and_says_where(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    root = house({"portal/a.py": '"""A page."""\n\nfrom zveno.orders.models import Order\n'})
    assert main([str(root)]) == 1
    assert "src/zveno/portal/a.py:3: a face imports zveno.orders.models.Order\n" in capsys.readouterr().out
