"""A square sheet to draw on in hundredths, smoothed when it is finished; colours by their Russian names."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter

SIZE = 360
_SCALE = 3
_BACK = (244, 246, 246)

RGB = tuple[int, int, int]
Point = tuple[float, float]

_NAMED: dict[str, RGB] = {
    "белый": (250, 250, 248), "белая": (250, 250, 248), "слоновая кость": (241, 234, 214),
    "светло-серый": (205, 209, 211),
    "серый": (150, 156, 160), "графит": (74, 79, 84), "чёрный": (44, 46, 49), "чёрный матовый": (44, 46, 49),
    "капучино": (190, 163, 138), "оливковый": (139, 141, 92), "молочный": (246, 240, 226), "песочный": (222, 196, 150),
    "мятный": (168, 213, 190), "небесный": (157, 199, 226), "лавандовый": (192, 178, 220), "терракота": (196, 107, 76),
    "горчичный": (211, 166, 58), "пудровый": (229, 190, 185), "индиго": (64, 74, 132), "кирпичный": (168, 84, 64),
    "синий": (48, 94, 170), "жёлто-зелёный": (172, 190, 56), "красный": (192, 52, 46), "коричневый": (118, 78, 54),
    "жёлтый": (232, 192, 52), "оранжевый": (230, 130, 44), "золото": (205, 164, 84), "под золото": (205, 164, 84),
    "серебро": (196, 201, 204), "хром": (188, 196, 201), "бронза": (148, 112, 72), "латунь": (201, 166, 92),
    "дуб": (196, 154, 108), "орех": (126, 86, 58), "венге": (70, 52, 44), "ясень": (216, 196, 164),
    "тик": (168, 116, 70),
    "бетон": (164, 164, 160), "дерево": (180, 138, 94), "стекло": (206, 226, 230), "янтарная": (226, 160, 62),
    "тёплый белый": (255, 214, 140), "холодный белый": (214, 234, 255), "мульти": (232, 90, 120),
    "дымчатая": (120, 126, 130),
    "2700 К": (255, 196, 112), "4000 К": (255, 236, 200), "6500 К": (214, 232, 255), "RGB": (170, 110, 220),
    "прозрачная": (226, 238, 242), "матовая": (250, 250, 246), "цинк": (186, 192, 196), "горячий цинк": (158, 166, 172),
}  # fmt: skip


def colour_of(look: str, default: RGB = (232, 232, 228)) -> RGB:
    """The colour that a look names, or `default`."""
    return next((_NAMED[word] for word in look.split("|") if word in _NAMED), default)


def shade(colour: RGB, by: float) -> RGB:
    """Lighter for `by` above zero, darker below, within ±1."""
    target = 255 if by > 0 else 0
    return tuple(round(part + (target - part) * abs(by)) for part in colour)  # type: ignore[return-value]


class Canvas:
    """Coordinates run from 0 to 100 both ways, from the upper left."""

    def __init__(self) -> None:
        self._side = SIZE * _SCALE
        self._unit = self._side / 100
        self.image = Image.new("RGB", (self._side, self._side), _BACK)
        self._draw = ImageDraw.Draw(self.image)

    def _box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        u = self._unit
        return left * u, top * u, right * u, bottom * u

    def shadow(self, left: float, right: float, bottom: float) -> None:
        """A soft ground shadow under a thing that stands at `bottom`."""
        mask = Image.new("L", (self._side // 6, self._side // 6), 0)
        u = self._unit / 6
        ImageDraw.Draw(mask).ellipse((left * u, (bottom - 2.5) * u, right * u, (bottom + 3.5) * u), fill=70)
        mask = mask.filter(ImageFilter.GaussianBlur(5)).resize((self._side, self._side))
        self.image.paste((96, 108, 112), (0, 0), mask)
        self._draw = ImageDraw.Draw(self.image)

    def rect(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: RGB,
        *,
        radius: float = 0,
        line: RGB | None = None,
    ) -> None:
        width = round(self._unit * 0.5) if line else 0
        box = self._box(left, top, right, bottom)
        self._draw.rounded_rectangle(box, radius * self._unit, fill=fill, outline=line, width=width)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: RGB | None, *, line: RGB | None = None, width: float = 0.5
    ) -> None:
        box = self._box(x - rx, y - ry, x + rx, y + ry)
        self._draw.ellipse(box, fill=fill, outline=line, width=round(self._unit * width) if line else 0)

    def circle(
        self, x: float, y: float, r: float, fill: RGB | None, *, line: RGB | None = None, width: float = 0.5
    ) -> None:
        self.ellipse(x, y, r, r, fill, line=line, width=width)

    def polygon(self, points: Sequence[Point], fill: RGB) -> None:
        self._draw.polygon([(x * self._unit, y * self._unit) for x, y in points], fill=fill)

    def line(self, points: Sequence[Point], colour: RGB, width: float) -> None:
        scaled = [(x * self._unit, y * self._unit) for x, y in points]
        self._draw.line(scaled, fill=colour, width=max(1, round(width * self._unit)), joint="curve")

    def arc(self, x: float, y: float, r: float, start: float, end: float, colour: RGB, width: float) -> None:
        self._draw.arc(self._box(x - r, y - r, x + r, y + r), start, end, fill=colour, width=round(width * self._unit))

    def bands(self, left: float, top: float, right: float, bottom: float, colour: RGB, steps: int = 24) -> None:
        """A rectangle lit like a cylinder standing upright."""
        for at in range(steps):
            light = math.sin(math.pi * (at + 0.5) / steps)
            x, next_x = (left + (right - left) * part / steps for part in (at, at + 1))
            self.rect(x, top, next_x + 0.2, bottom, shade(colour, 0.25 * light - 0.22))

    def finished(self) -> bytes:
        """The picture as WebP, about six kilobytes."""
        target = io.BytesIO()
        self.image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(target, "WEBP", quality=82, method=2)
        return target.getvalue()


def ring(count: int, radius: float, x: float = 50, y: float = 50, turn: float = 0) -> list[Point]:
    """`count` points evenly on a circle."""
    angles = (2 * math.pi * at / count + turn for at in range(count))
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]
