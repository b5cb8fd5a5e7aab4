"""From a family's shape and a look to the bytes of a picture."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from zveno.demo.drawing import decor, electric, lighting
from zveno.demo.drawing.canvas import Canvas

Drawer = Callable[[Canvas, str, random.Random], None]

_HOUSES = (decor, lighting, electric)


def drawer(shape: str) -> Drawer:
    """The function that draws `shape`. Raises LookupError for one nobody draws."""
    for house in _HOUSES:
        found = getattr(house, shape, None)
        if callable(found):
            return found  # type: ignore[no-any-return]
    raise LookupError(shape)


def picture(shape: str, family: str, look: str) -> bytes:
    """A WebP of 360 × 360; the same for the same family and look."""
    canvas = Canvas()
    drawer(shape)(canvas, look, random.Random(f"{family}:{look}"))  # noqa: S311 - a made-up world
    return canvas.finished()


def draw_pictures(wanted: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], bytes]:
    """The pictures of (shape, family, look), by family and look."""
    return {(family, look): picture(shape, family, look) for shape, family, look in wanted}
