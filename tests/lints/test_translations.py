"""Words of modules and templates are found, and the ways in which their Russian can be wrong."""

from __future__ import annotations

import pytest
from lints.catalogues import Key, words
from tests.lints.conftest import House

from lints import english, translations

APPS = {"portal/apps.py": "", "stock/apps.py": "", "ui/apps.py": ""}
HEAD = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n\n'
PORTAL = "portal/locale_parts/buying.po"

MODULE = """
    from django.utils import translation
    from django.utils.translation import gettext as say, ngettext, npgettext, pgettext_lazy
    from django.utils.translation import gettext_lazy as _

    say("one")
    _("two, "
      "long")
    ngettext("%(n)s line", "%(n)s lines", n)
    pgettext_lazy("money", "Sum")
    npgettext("sheet", "row", "rows", n)
    translation.gettext("three")
    _(variable)
    gettext("is not imported")
"""

TEMPLATE = """
    {% load i18n %}
      {% translate "one" %}
    {% translate "Name" context "guide" as name %}
    {% if a %}{% blocktranslate %}Sent by {{ who }}{% endblocktranslate %}{% endif %}
    {% blocktranslate count n=rows|length trimmed %}
      {{ n }} row
    {% plural %}
      {{ n }} rows
    {% endblocktranslate %}
    {% note _("kept") %}
    {# {% translate "nothing" %} #}
"""


def test_words_of_a_module_are_found_at_their_lines(house: House) -> None:
    found, broken = words(house({**APPS, "portal/buying/a.py": MODULE}))
    assert broken == []
    assert [(word.app, word.line, word.key.context, word.key.text, word.plural) for word in found] == [
        ("portal", 6, "", "one", ""),
        ("portal", 7, "", "two, long", ""),
        ("portal", 9, "", "%(n)s line", "%(n)s lines"),
        ("portal", 10, "money", "Sum", ""),
        ("portal", 11, "sheet", "row", "rows"),
        ("portal", 12, "", "three", ""),
    ]


def test_words_of_a_template_are_found_at_their_lines(house: House) -> None:
    found, _ = words(house({**APPS, "portal/templates/portal/a.html": TEMPLATE}))
    assert [(word.app, word.line, word.key, word.plural) for word in found] == [
        ("portal", 3, Key("", "one"), ""),
        ("portal", 4, Key("guide", "Name"), ""),
        ("portal", 5, Key("", "Sent by %(who)s"), ""),
        ("portal", 6, Key("", "%(n)s row"), "%(n)s rows"),
        ("portal", 11, Key("", "kept"), ""),
    ]


GOOD = [
    ('_("one")', 'msgid "one"\nmsgstr "один"\n'),
    ('_("by %(who)s")', 'msgid "by %(who)s"\nmsgstr "%(who)s сделал"\n'),
    ('pgettext("money", "Sum")', 'msgctxt "money"\nmsgid "Sum"\nmsgstr "Сумма"\n'),
    (
        'ngettext("one row", "%(n)s rows", n)',
        (
            'msgid "one row"\nmsgid_plural "%(n)s rows"\n'
            'msgstr[0] "%(n)s строка"\nmsgstr[1] "%(n)s строки"\nmsgstr[2] "%(n)s строк"\n'
        ),
    ),
]


def marked(call: str) -> str:
    return f"from django.utils.translation import gettext as _, ngettext, pgettext\n{call}\n"


@pytest.mark.parametrize(("call", "said"), GOOD)
@pytest.mark.parametrize("where", [PORTAL, "portal/locale/ru/LC_MESSAGES/django.po", "ui/locale_parts/a.po"])
def test_good_russian_passes_in_the_own_catalogue_and_below(house: House, where: str, call: str, said: str) -> None:
    assert translations.check(house({**APPS, "portal/a.py": marked(call), where: HEAD + said})) == []


@pytest.mark.parametrize(
    ("call", "said", "message"),
    [
        ('_("one")', "", "portal has no Russian for 'one'"),
        ('_("one")', 'msgid "one"\nmsgstr ""\n', "portal has no Russian for 'one'"),
        ('_("one")', 'msgctxt "c"\nmsgid "one"\nmsgstr "раз"\n', "portal has no Russian for 'one'"),
        ('pgettext("c", "one")', 'msgid "one"\nmsgstr "раз"\n', "portal has no Russian for 'one' (c)"),
        ('_("one")', '#, fuzzy\nmsgid "one"\nmsgstr "раз"\n', "marked fuzzy"),
        ('_("by %(who)s")', 'msgid "by %(who)s"\nmsgstr "%(whom)s"\n', "its placeholders are who"),
        ('_("by %(who)s")', 'msgid "by %(who)s"\nmsgstr "кем-то"\n', "its placeholders are who"),
        ('_("one")', 'msgid "one"\nmsgstr "%(n)s раз"\n', "its placeholders are none"),
        ('ngettext("row", "rows", n)', 'msgid "row"\nmsgstr "строка"\n', "counts, its Russian does not"),
        (
            'ngettext("row", "rows", n)',
            'msgid "row"\nmsgid_plural "rows"\nmsgstr[0] "строка"\nmsgstr[1] "строки"\nmsgstr[2] ""\n',
            "lacks a plural form",
        ),
        (
            'ngettext("one row", "%(n)s rows", n)',
            (
                'msgid "one row"\nmsgid_plural "%(n)s rows"\n'
                'msgstr[0] "одна строка"\nmsgstr[1] "%(n)s строки"\nmsgstr[2] "%(n)s строк"\n'
            ),
            "its placeholders are n",
        ),
        ('_(f"by {who}")', "", "a text to translate is a literal"),
        ('_("by " + who)', "", "a text to translate is a literal"),
    ],
)
def test_bad_russian_is_found(house: House, call: str, said: str, message: str) -> None:
    found = translations.check(house({**APPS, "portal/a.py": marked(call), PORTAL: HEAD + said}))
    assert len(found) == 1
    assert message in found[0].message


def test_a_word_of_a_floor_above_does_not_serve_below(house: House) -> None:
    root = house({**APPS, "stock/a.py": marked('_("one")'), PORTAL: HEAD + 'msgid "one"\nmsgstr "раз"\n'})
    assert [finding.message for finding in translations.check(root)] == ["stock has no Russian for 'one'"]


def test_words_outside_any_application_are_found(house: House) -> None:
    found = translations.check(house({**APPS, "kit/a.py": marked('_("one")')}))
    assert [finding.message for finding in found] == ["no application answers for the words here: 'one'"]


def test_the_same_text_said_in_two_ways_is_found(house: House) -> None:
    one, other = (HEAD + f'msgid "Order"\nmsgstr "{said}"\n' for said in ("Заказ", "Заявка"))
    found = translations.check(house({**APPS, PORTAL: one, "stock/locale_parts/a.po": other}))
    assert [finding.path for finding in found] == ["src/zveno/stock/locale_parts/a.po"]
    assert "'Заказ'" in found[0].message


def test_a_broken_catalogue_is_found(house: House) -> None:
    found = translations.check(house({**APPS, PORTAL: 'msgid "Order"\nmsgsrt "Заказ"\n'}))
    assert [finding.path for finding in found] == [f"src/zveno/{PORTAL}"]


def test_russian_as_data_and_in_comments_passes(house: House) -> None:
    root = house(
        {
            "portal/a.py": '"""Страница."""\nUNIT = "шт"  # штуки\nNAME = "Русский"\n',
            "portal/b.py": 'HINT = "Press «Выгрузить» in 1С"\n',
            "sellout/rules/words.py": 'TOTAL = "итого"',
            "plugins/erp/x/codec.py": 'TAG = "Товар"',
            "portal/templates/portal/a.html": "{# Заказ #}\n<p>{% translate 'Order' %}</p>",
        }
    )
    assert english.check(root) == []


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("portal/a.py", '\nTITLE = "Заказ"'),
        ("orders/queries/a.py", '\nTITLE = f"Заказ {number}"'),
        ("orders/queries/a.py", '\nTITLE = "штука"'),
        ("portal/templates/portal/a.html", "\n<p>Заказ</p>"),
        ("partners/templates/mail/a.txt", "\nЗаказ"),
    ],
)
def test_russian_in_the_source_is_found(house: House, where: str, source: str) -> None:
    assert [(finding.path, finding.line) for finding in english.check(house({where: source}))] == [
        (f"src/zveno/{where}", 2)
    ]
