"""Lighting: lamps, luminaires, strips."""

from __future__ import annotations

import random

from zveno.demo.drawing.canvas import RGB, Canvas, colour_of, ring, shade

_METAL: RGB = (190, 198, 203)


def _base(c: Canvas, x: float, top: float, width: float) -> None:
    for at in range(4):
        y = top + at * 3.4
        half = width / 2 - at * 0.3
        c.rect(x - half, y, x + half, y + 2.8, shade(_METAL, -0.12 * (at % 2)), radius=1)
    c.polygon([(x - width / 3, top + 13.6), (x + width / 3, top + 13.6), (x, top + 18)], shade(_METAL, -0.4))


def bulb(c: Canvas, look: str, chance: random.Random) -> None:
    glow = colour_of(look, (255, 236, 200))
    c.shadow(32, 68, 91)
    for at in range(7):
        c.circle(50, 36, 27 - at * 2.4, shade(glow, 0.08 * at))
    c.polygon([(29, 52), (71, 52), (60, 70), (40, 70)], (238, 240, 240))
    c.polygon([(29, 52), (36, 52), (44, 70), (40, 70)], (214, 218, 220))
    _base(c, 50, 71, 18)


def candle(c: Canvas, look: str, chance: random.Random) -> None:
    glow = colour_of(look, (255, 236, 200))
    c.shadow(36, 64, 91)
    if "шар" in look:
        c.circle(50, 36, 21, shade(glow, 0.2), line=shade(glow, -0.1))
    else:
        c.polygon([(50, 6), (56, 20), (63, 38), (60, 54), (40, 54), (37, 38), (44, 20)], shade(glow, 0.15))
        c.polygon([(50, 6), (47, 22), (46, 54), (40, 54), (37, 38), (44, 20)], shade(glow, 0.5))
    c.polygon([(39, 54), (61, 54), (57, 70), (43, 70)], (238, 240, 240))
    _base(c, 50, 71, 13)


def spotlamp(c: Canvas, look: str, chance: random.Random) -> None:
    glow = colour_of(look, (255, 236, 200))
    c.shadow(22, 78, 88)
    c.polygon([(22, 26), (78, 26), (60, 68), (40, 68)], (224, 228, 230))
    for at in range(6):
        c.line([(28 + at * 9, 30), (42 + at * 3.2, 66)], (196, 202, 206), 0.7)
    c.ellipse(50, 26, 28, 8, (246, 247, 247), line=(200, 206, 210))
    c.ellipse(50, 26, 22, 6, glow)
    c.rect(40, 68, 60, 76, (236, 238, 238), radius=1)
    c.rect(44, 76, 46.6, 87, _METAL)
    c.rect(53.4, 76, 56, 87, _METAL)


def pendant(c: Canvas, look: str, chance: random.Random) -> None:
    metal = colour_of(look, _METAL)
    c.line([(50, 2), (50, 34)], shade(metal, -0.3), 0.8)
    c.ellipse(50, 4, 9, 2.6, metal)
    c.circle(50, 36, 4.5, metal)
    for x in (20, 35, 50, 65, 80):
        drop = 66 - abs(x - 50) * 0.22
        c.line([(50, 38), ((50 + x) / 2, 56), (x, drop - 8)], metal, 1.3)
        c.polygon([(x - 8, drop + 12), (x + 8, drop + 12), (x + 4.4, drop - 6), (x - 4.4, drop - 6)], (250, 246, 236))
        c.ellipse(x, drop + 12, 8, 2, (255, 232, 190))


def sconce(c: Canvas, look: str, chance: random.Random) -> None:
    metal = colour_of(look, _METAL)
    c.rect(38, 34, 62, 78, (222, 226, 226), radius=3)
    c.rect(37, 32, 61, 76, metal, radius=3, line=shade(metal, -0.2))
    c.line([(49, 62), (49, 70), (66, 70), (66, 52)], shade(metal, -0.2), 2)
    c.polygon([(50, 50), (82, 50), (75, 20), (57, 20)], (250, 244, 228))
    c.polygon([(50, 50), (56, 50), (60, 20), (57, 20)], (232, 222, 198))
    c.ellipse(66, 50, 16, 3.4, (255, 232, 190))


def ledpanel(c: Canvas, look: str, chance: random.Random) -> None:
    glow = colour_of(look, (255, 246, 226))
    c.polygon([(14, 30), (70, 14), (92, 56), (34, 82)], (206, 212, 214))
    c.polygon([(12, 27), (68, 11), (90, 53), (32, 79)], (250, 251, 251))
    c.polygon([(17, 29), (66, 15), (84, 52), (34, 74)], shade(glow, 0.25))
    c.polygon([(17, 29), (66, 15), (50, 44)], shade(glow, 0.55))


def track(c: Canvas, look: str, chance: random.Random) -> None:
    body = (54, 57, 60) if chance.random() < 0.5 else (246, 247, 247)
    c.rect(6, 12, 94, 19, shade(body, -0.1), radius=1)
    c.rect(46, 19, 54, 32, shade(body, -0.2), radius=1)
    c.polygon([(30, 38), (52, 28), (76, 74), (54, 86)], body)
    c.polygon([(30, 38), (36, 35), (60, 83), (54, 86)], shade(body, -0.25))
    c.ellipse(65, 80, 12, 5.5, colour_of(look, (255, 236, 200)), line=shade(body, -0.2))


def spot(c: Canvas, look: str, chance: random.Random) -> None:
    body = chance.choice(((248, 248, 247), (52, 54, 57), (205, 164, 84)))
    c.circle(51, 52, 38, (222, 226, 226))
    c.circle(50, 50, 38, body, line=shade(body, -0.2))
    c.circle(50, 50, 28, shade(body, -0.18))
    glow = colour_of(look, (255, 236, 200))
    for at in range(5):
        c.circle(50, 50, 23 - at * 3, shade(glow, 0.13 * at))


def floodlight(c: Canvas, look: str, chance: random.Random) -> None:
    body = chance.choice(((58, 62, 66), (138, 144, 148)))
    c.shadow(18, 82, 90)
    c.line([(18, 40), (18, 84), (82, 84), (82, 40)], shade(body, 0.25), 3)
    c.rect(12, 18, 88, 72, body, radius=3)
    c.rect(18, 24, 82, 66, shade(body, -0.35), radius=1.5)
    glow = colour_of(look, (255, 244, 220))
    for row in range(4):
        for column in range(7):
            x, y = 21 + column * 8.6, 27 + row * 9.6
            c.rect(x, y, x + 6.4, y + 7, shade(glow, 0.1 * row), radius=0.8)


def lantern(c: Canvas, look: str, chance: random.Random) -> None:
    body = (52, 55, 58)
    c.shadow(34, 66, 92)
    c.rect(47, 46, 53, 91, body)
    c.rect(39, 88, 61, 92, body, radius=1)
    if "шар" in look:
        c.circle(50, 32, 19, (255, 240, 208), line=(226, 212, 184))
    else:
        c.rect(36, 16, 64, 46, (255, 236, 196), radius=2)
        c.polygon([(30, 16), (70, 16), (58, 6), (42, 6)], body)
    c.rect(42, 46, 58, 51, body, radius=1)


def strip(c: Canvas, look: str, chance: random.Random) -> None:
    glow = colour_of(look, (255, 236, 200))
    c.shadow(12, 88, 86)
    for radius in (38, 31, 24, 17):
        c.circle(50, 50, radius, None, line=(246, 247, 247), width=5.4)
        for x, y in ring(round(radius * 0.9), radius - 2.7):
            c.circle(x, y, 1.5, glow, line=shade(glow, -0.2), width=0.2)
    c.circle(50, 50, 9, (214, 218, 220))


def box(c: Canvas, look: str, chance: random.Random) -> None:
    body = chance.choice(((196, 202, 206), (240, 241, 241), (74, 79, 84)))
    c.shadow(12, 88, 78)
    c.polygon([(10, 34), (24, 24), (92, 24), (80, 34)], shade(body, 0.3))
    c.polygon([(80, 34), (92, 24), (92, 64), (80, 76)], shade(body, -0.3))
    c.rect(10, 34, 80, 76, body)
    for at in range(6):
        c.line([(16 + at * 5, 42), (16 + at * 5, 68)], shade(body, -0.22), 1.2)
    c.rect(50, 42, 74, 60, (250, 250, 250), radius=0.8)
    c.rect(53, 46, 70, 48, (11, 107, 114))
    c.rect(53, 51, 66, 52.4, (190, 196, 200))


def profile(c: Canvas, look: str, chance: random.Random) -> None:
    metal = colour_of(look, (196, 201, 204))
    c.shadow(10, 90, 76)
    for at, light in enumerate((0.35, 0.05, -0.12)):
        y = 60 - at * 14
        c.polygon([(8, y), (78, y - 30), (92, y - 26), (22, y + 6)], shade(metal, light))
        c.polygon([(8, y), (22, y + 6), (22, y + 14), (8, y + 8)], shade(metal, -0.25))
        c.polygon([(22, y + 6), (92, y - 26), (92, y - 18), (22, y + 14)], shade(metal, -0.1))


def garland(c: Canvas, look: str, chance: random.Random) -> None:
    wire, glow = (58, 84, 66), colour_of(look, (255, 214, 140))
    many = ((232, 90, 90), (90, 180, 110), (90, 140, 230), (240, 190, 70))
    for row in range(4):
        points = [(8 + at * 6.0, 18 + row * 20 + 9 * (1 - ((at - 7) / 7) ** 2)) for at in range(15)]
        c.line(points, wire, 0.8)
        for at, (x, y) in enumerate(points):
            colour = many[(at + row) % 4] if "мульти" in look else glow
            c.circle(x, y + 2.4, 2.9, shade(colour, 0.45))
            c.circle(x, y + 2.4, 1.8, colour)
