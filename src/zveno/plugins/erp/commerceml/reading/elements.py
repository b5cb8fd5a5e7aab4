"""Elements by local name, whatever namespace they stand in; texts without the blanks around them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

Element = etree._Element


def local(element: Element) -> str:
    """The name of `element` without its namespace."""
    tag: str = element.tag
    return tag.rpartition("}")[2]


def text(element: Element) -> str:
    """The text right inside `element`, stripped; `""` if there is none."""
    told = element.text
    return told.strip() if told else ""


def child(element: Element, name: str) -> Element | None:
    """The first child of that local name."""
    for sub in element:
        if local(sub) == name:
            return sub
    return None


def child_text(element: Element, *names: str) -> str:
    """The text of the first child under the first of `names` that has one."""
    for name in names:
        for sub in element:
            if local(sub) == name and (found := text(sub)):
                return found
    return ""


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that local name."""
    return (sub for sub in element if local(sub) == name)


def texts(element: Element) -> dict[str, str]:
    """The texts of all children by local name; the first non-empty of a name stands."""
    found: dict[str, str] = {}
    for sub in element:
        told = sub.text
        if told is None:
            continue
        told = told.strip()
        if told:
            tag: str = sub.tag
            found.setdefault(tag.rpartition("}")[2], told)
    return found


def attribute(element: Element, name: str) -> str:
    """The attribute of that local name, stripped; `""` if absent."""
    value = element.get(name)
    return value.strip() if value else ""
