"""Décor: mouldings, rosettes, panels, wallpaper, paint and its tools."""

from __future__ import annotations

import math
import random

from zveno.demo.drawing.canvas import RGB, Canvas, colour_of, ring, shade

_HANDLES: tuple[RGB, ...] = ((196, 154, 108), (70, 76, 82), (188, 62, 50))


def moulding(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, (246, 245, 240))
    c.shadow(8, 92, 74)
    steps = (0.0, -0.16, 0.02, -0.1, 0.05, -0.24)
    heights = [chance.choice((5, 7, 9)) for _ in steps]
    share = 44 / sum(heights)
    top = 28.0
    for at, (height, light) in enumerate(zip(heights, steps, strict=True)):
        bottom = top + height * share
        inset = abs(at - 2.5) * 0.9
        c.polygon([(10 + inset, top), (96, top - 6), (96, bottom - 6), (10 + inset, bottom)], shade(colour, light))
        top = bottom
    if "гладк" not in look:
        for at in range(11):
            x = 16 + at * 7.4
            y = 49 - at * 0.52
            c.circle(x, y, 2.6, shade(colour, -0.12))
            c.circle(x - 0.5, y - 0.6, 1.8, shade(colour, 0.5))


def rosette(c: Canvas, look: str, chance: random.Random) -> None:
    colour = (247, 246, 242)
    c.circle(51, 52, 41, (226, 229, 229))
    c.circle(50, 50, 41, colour, line=shade(colour, -0.16))
    petals = chance.choice((8, 10, 12, 16))
    if "гладк" not in look:
        for x, y in ring(petals, 26, turn=0.2):
            c.circle(x, y, 8.5, shade(colour, -0.05), line=shade(colour, -0.16))
        for x, y in ring(petals * 2, 38):
            c.circle(x, y, 1.6, shade(colour, -0.12))
    for radius, light in ((17, -0.04), (12, -0.1), (7, -0.03)):
        c.circle(50, 50, radius, shade(colour, light), line=shade(colour, -0.18))


def slats(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, (196, 154, 108))
    c.shadow(14, 88, 88)
    for at in range(7):
        x = 15 + at * 10.3
        c.rect(x, 10, x + 6.6, 88, shade(colour, chance.uniform(-0.08, 0.05)), radius=0.6)
        c.rect(x + 6.6, 10.6, x + 8, 88, shade(colour, -0.42))
        for _ in range(3):
            grain = x + chance.uniform(0.8, 5.6)
            c.line([(grain, 12), (grain + chance.uniform(-0.6, 0.6), 86)], shade(colour, -0.14), 0.3)


def panel(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look)
    c.rect(15, 17, 87, 89, (218, 222, 222), radius=1)
    c.rect(13, 13, 85, 85, colour, radius=1, line=shade(colour, -0.14))
    rows = chance.choice((5, 6, 8))
    cell = 72 / rows
    for row in range(rows):
        for column in range(rows):
            x, y = 13 + column * cell, 13 + row * cell
            light = 0.28 * math.sin(row * 1.1 + column * (0.6 if "волна" in look else 1.9))
            c.polygon([(x, y), (x + cell, y), (x + cell / 2, y + cell / 2)], shade(colour, max(light, -0.2)))
            c.polygon([(x, y + cell), (x + cell, y + cell), (x + cell / 2, y + cell / 2)], shade(colour, -0.16))


def wallpaper(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, chance.choice(((214, 224, 214), (226, 218, 204), (206, 216, 226), (230, 212, 212))))
    c.shadow(20, 82, 88)
    c.bands(24, 12, 60, 86, colour)
    c.polygon([(60, 12), (84, 16), (84, 84), (60, 86)], shade(colour, 0.1))
    _pattern(c, colour, chance)
    c.ellipse(42, 12, 18, 4, shade(colour, -0.2))
    for radius in (14, 10, 6):
        c.ellipse(42, 12, radius, radius * 0.22, None, line=shade(colour, 0.4), width=0.4)


def _pattern(c: Canvas, colour: RGB, chance: random.Random) -> None:
    kind, ink = chance.randrange(4), shade(colour, -0.22)
    for row in range(6):
        for column in range(4):
            x, y = 30 + column * 15 + (row % 2) * 5, 24 + row * 11
            if x > 80:
                continue
            if kind == 0:
                c.circle(x, y, 2.4, ink)
            elif kind == 1:
                c.line([(x - 3, y + 3), (x, y - 3), (x + 3, y + 3)], ink, 0.9)
            elif kind == 2:
                for dx, dy in ring(5, 2.6, 0, 0):
                    c.circle(x + dx, y + dy, 1.5, ink)
            else:
                c.line([(x, y - 5), (x, y + 5)], ink, 1.1)


def paint(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, chance.choice(((210, 220, 226), (226, 214, 190), (200, 214, 200))))
    c.shadow(20, 82, 87)
    c.arc(50, 34, 33, 180, 360, (150, 156, 160), 0.9)
    c.bands(20, 30, 80, 84, (224, 228, 230))
    c.ellipse(50, 84, 30, 4.4, (188, 194, 198))
    c.bands(20, 42, 80, 74, colour)
    c.rect(33, 50, 67, 66, (252, 252, 251), radius=1)
    c.rect(37, 53.5, 63, 56, shade(colour, -0.35), radius=0.6)
    c.rect(41, 59, 59, 60.6, (196, 202, 205), radius=0.6)
    c.ellipse(50, 30, 30, 5.4, (236, 239, 240))
    c.ellipse(50, 30.6, 26, 4.2, shade(colour, 0.05))


def can(c: Canvas, look: str, chance: random.Random) -> None:
    colour = chance.choice(((11, 107, 114), (60, 92, 120), (190, 120, 50)))
    c.shadow(34, 66, 90)
    c.polygon([(47.5, 8), (52.5, 8), (55, 24), (45, 24)], (236, 238, 238))
    c.bands(37, 24, 63, 88, (240, 242, 242))
    c.bands(37, 34, 63, 78, colour)
    c.rect(41, 42, 59, 46, (252, 252, 252), radius=0.8)
    c.rect(41, 50, 55, 52, shade(colour, 0.5), radius=0.8)
    c.rect(41, 55, 57, 57, shade(colour, 0.5), radius=0.8)


def brush(c: Canvas, look: str, chance: random.Random) -> None:
    c.shadow(28, 74, 90)
    c.polygon([(46, 8), (54, 8), (57, 34), (43, 34)], chance.choice(_HANDLES))
    c.rect(33, 34, 67, 50, (196, 202, 206), radius=0.8)
    c.line([(33, 39), (67, 39)], (160, 168, 172), 0.6)
    for at in range(17):
        x = 34 + at * 2
        hair = shade((214, 184, 130), -0.02 * (at % 5))
        c.line([(x, 50), (x + (at - 8) * 0.15, 88 - abs(at - 8) * 0.4)], hair, 1.9)


def roller(c: Canvas, look: str, chance: random.Random) -> None:
    c.shadow(20, 78, 92)
    c.line([(70, 30), (86, 30), (86, 52), (52, 52), (52, 62)], (160, 168, 172), 1.6)
    c.rect(14, 20, 70, 40, (238, 226, 196), radius=4, line=(210, 196, 160))
    for at in range(12):
        c.line([(18 + at * 4.4, 22), (16 + at * 4.4, 38)], (224, 208, 170), 0.5)
    c.rect(48.5, 60, 55.5, 90, chance.choice(_HANDLES), radius=3)
