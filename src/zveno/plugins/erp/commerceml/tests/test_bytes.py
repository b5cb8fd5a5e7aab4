"""Encodings, fragments, namespaces; and files made to harm."""

from __future__ import annotations

import codecs
import tracemalloc

import pytest

from zveno.exchange.rules.messages import ProductMessage
from zveno.plugins.erp.commerceml.codec import Content, read_messages, sniff
from zveno.plugins.erp.commerceml.errors import (
    EncodingUnknown,
    FileEmpty,
    NotCommerceml,
    XmlBroken,
    XmlEntityForbidden,
)

BODY = (
    "<КоммерческаяИнформация><Каталог><Ид>к</Ид><Товары><Товар><Ид>т</Ид><Наименование>Ёлка</Наименование></Товар>"
    "</Товары></Каталог></КоммерческаяИнформация>"
)


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{BODY}'


@pytest.mark.parametrize(
    ("case", "source"),
    [
        ("utf-8", declared("UTF-8").encode()),
        ("utf-8 with a mark", codecs.BOM_UTF8 + declared("UTF-8").encode()),
        ("windows-1251", declared("windows-1251").encode("cp1251")),
        ("windows-1251 that says it is utf-8", declared("UTF-8").encode("cp1251")),
        ("utf-8 that says it is windows-1251", declared("windows-1251").encode()),
        ("utf-8 with a mark that says windows-1251", codecs.BOM_UTF8 + declared("windows-1251").encode()),
        ("no declaration", BODY.encode()),
        ("windows-1251 without a declaration", BODY.encode("cp1251")),
        ("utf-16", codecs.BOM_UTF16_LE + declared("UTF-16").encode("utf-16-le")),
        ("cp866", declared("cp866").encode("cp866")),
        ("blanks before the declaration", b"\r\n\n " + declared("UTF-8").encode()),
        ("a comment before the root", declared("UTF-8").replace("\n", "\n<!-- 1С <x> -->\n", 1).encode()),
    ],
)
def test_file_is_read_in_the_encoding_it_is_in(read, case, source):
    assert read(source).only(ProductMessage).name == "Ёлка"
    assert sniff(source).contents == {Content.PRODUCTS}


@pytest.mark.parametrize(
    ("case", "source"),
    [
        ("default namespace", BODY.replace("<КоммерческаяИнформация>", '<КоммерческаяИнформация xmlns="urn:any">', 1)),
        (
            "prefix",
            BODY.replace("</", "</к:")
            .replace("<", "<к:")
            .replace("<к:/к:", "</к:")
            .replace("<к:КоммерческаяИнформация>", '<к:КоммерческаяИнформация xmlns:к="urn:1C.ru:commerceml_3">', 1),
        ),
        ("product in another namespace", BODY.replace("<Товар>", '<Товар xmlns="urn:other">')),
    ],
)
def test_elements_are_known_by_local_name_in_any_namespace(read, case, source):
    assert read(source.encode()).only(ProductMessage).name == "Ёлка"


def test_fragment_without_the_root_is_read_and_said_to_be_one(read):
    source = "<Каталог><Ид>к</Ид><Товары><Товар><Ид>т</Ид></Товар></Товары></Каталог>".encode("cp1251")
    assert read(source).only(ProductMessage).external_id == "т"
    assert sniff(source).is_fragment


def test_several_fragments_in_a_row_are_read_too(read):
    first = "<Классификатор><Ид>к</Ид></Классификатор>\n"
    second = "<Каталог><Ид>к</Ид><Товары><Товар><Ид>т</Ид></Товар></Товары></Каталог>"
    assert read((first + second).encode()).only(ProductMessage).external_id == "т"


@pytest.mark.parametrize("source", [b"", b"  \r\n ", codecs.BOM_UTF8])
def test_empty_file_is_refused_as_empty(read, source):
    with pytest.raises(FileEmpty):
        read(source)


@pytest.mark.parametrize(
    ("source", "root"),
    [(b"<html><body/></html>", "html"), (b"<?xml version='1.0'?><yml_catalog/>", "yml_catalog")],
)
def test_another_language_is_refused_by_its_root(read, source, root):
    with pytest.raises(NotCommerceml) as refused:
        read(source)
    assert refused.value.params == {"root": root}


@pytest.mark.parametrize("source", [b"\x00\x01\x02\x03", b"%PDF-1.4", "просто текст".encode(), b"{}"])
def test_what_is_no_xml_at_all_is_broken(read, source):
    with pytest.raises(XmlBroken):
        read(source)


def test_encoding_nobody_knows_is_named(read):
    with pytest.raises(EncodingUnknown) as refused:
        read(b'<?xml version="1.0" encoding="utf-7"?><x/>')
    assert refused.value.params == {"declared": "utf-7"}


def test_truncated_file_tells_what_stood_before_and_the_line_of_the_break(samples):
    whole = samples.catalog("\n".join(f"<Товар><Ид>т{number}</Ид></Товар>" for number in range(100)))
    got = []
    with pytest.raises(XmlBroken) as broken:
        for message in read_messages(whole[: len(whole) // 2], name="import.xml"):
            got.append(message)
    assert len(got) > 10
    assert broken.value.place.startswith("import.xml:")


def test_byte_that_is_not_in_the_encoding_breaks_the_file_at_its_line(read):
    source = BODY.encode().replace("Ёлка".encode(), b"\xff\xfe")
    with pytest.raises(XmlBroken):
        read(source)


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE b [<!ENTITY a0 "ха">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + f"]>\n{BODY.replace('Ёлка', '&a11;')}"
)


@pytest.mark.parametrize(
    ("case", "source"),
    [
        ("bomb", BOMB.encode()),
        (
            "external entity",
            f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>{BODY.replace("Ёлка", "&f;")}'.encode(),
        ),
        ("external type", f'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">{BODY}'.encode()),
        ("parameter entity", f'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://192.0.2.1/p">%p;]>{BODY}'.encode()),
        ("in utf-16", codecs.BOM_UTF16_LE + f"<!DOCTYPE x []>{BODY}".encode("utf-16-le")),
        ("in cp1251", f"<!-- ы --><!DOCTYPE x []>{BODY}".encode("cp1251")),
    ],
)
def test_document_type_is_refused_before_anything_is_parsed(read, case, source):
    with pytest.raises(XmlEntityForbidden):
        read(source)


def test_document_type_behind_a_long_prologue_does_not_slip_through(read):
    source = f"<!-- {'x' * 200_000} -->{BOMB.partition('?>')[2]}".encode()
    with pytest.raises((XmlEntityForbidden, XmlBroken)):
        read(source)


def test_undeclared_entity_is_broken_and_not_guessed(read):
    with pytest.raises(XmlBroken):
        read(BODY.replace("Ёлка", "&nbsp;").encode())


def test_huge_text_is_refused_and_not_swallowed(samples, read):
    with pytest.raises(XmlBroken):
        read(samples.catalog(f"<Товар><Ид>т</Ид><Описание>{'я' * 11_000_000}</Описание></Товар>"))


def test_endless_nesting_is_refused(samples, read):
    with pytest.raises(XmlBroken):
        read(samples.commerceml("<Классификатор>" + "<Группы><Группа>" * 5000))


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_products(samples):
    def peak(products: int) -> int:
        body = (
            "<Товар><Ид>т</Ид><Наименование>Товар с именем</Наименование><Описание>слово</Описание></Товар>\n"
            * products
        )
        source = samples.catalog(body)
        tracemalloc.start()
        for _ in read_messages(source):
            pass
        most = tracemalloc.get_traced_memory()[1] - len(source)
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(20_000) < peak(2_000) * 1.5
