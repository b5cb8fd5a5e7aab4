"""Electrical goods: sockets, cables, breakers, boxes and what joins them."""

from __future__ import annotations

import random

from zveno.demo.drawing.canvas import RGB, Canvas, colour_of, ring, shade


def _plate(c: Canvas, colour: RGB) -> None:
    c.rect(15, 17, 87, 89, (216, 221, 221), radius=5)
    c.rect(13, 13, 85, 85, colour, radius=5, line=shade(colour, -0.14))
    c.rect(22, 22, 76, 76, shade(colour, 0.18), radius=3, line=shade(colour, -0.12))


def socket(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look)
    _plate(c, colour)
    dark = shade(colour, -0.72)
    if look.startswith(("USB", "HDMI", "RJ")):
        for y in (38, 54):
            c.rect(38, y, 60, y + 7, dark, radius=1.2)
        return
    c.circle(49, 49, 21, shade(colour, -0.06), line=shade(colour, -0.2))
    if look.startswith("ТВ"):
        c.circle(49, 49, 6, dark)
        c.circle(49, 49, 3, (214, 186, 110))
        return
    c.circle(40, 49, 2.8, dark)
    c.circle(58, 49, 2.8, dark)
    if not look.startswith("без"):
        c.rect(47.4, 28.5, 50.6, 33, (190, 170, 110), radius=0.6)
        c.rect(47.4, 65, 50.6, 69.5, (190, 170, 110), radius=0.6)


def switch(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look)
    _plate(c, colour)
    keys = 3 if look.startswith("3") else 2 if look.startswith(("2", "проходной 2")) else 1
    if look.startswith("диммер"):
        c.circle(49, 49, 17, shade(colour, -0.1), line=shade(colour, -0.25))
        c.line([(49, 49), (60, 40)], shade(colour, -0.5), 1.6)
        return
    width = 50 / keys
    for at in range(keys):
        left = 24 + at * width
        c.rect(left, 24, left + width - 0.8, 49, shade(colour, 0.35), radius=1.5)
        c.rect(left, 49, left + width - 0.8, 74, shade(colour, -0.07), radius=1.5)
        c.rect(left + width / 2 - 3, 66, left + width / 2 + 3, 67.2, shade(colour, -0.3))


def frame(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look)
    posts = int(next((word for word in look.split("|") if word.isdigit()), "1"))
    side = 80 / posts if posts > 1 else 62
    top = 50 - side / 2
    left = 50 - side * posts / 2
    c.rect(left + 1.5, top + 3, left + side * posts + 1.5, top + side + 3, (214, 219, 219), radius=3)
    c.rect(left, top, left + side * posts, top + side, colour, radius=3, line=shade(colour, -0.15))
    for at in range(posts):
        x, gap = left + at * side, side * 0.16
        edge = shade(colour, -0.2)
        c.rect(x + gap, top + gap, x + side - gap, top + side - gap, (236, 239, 239), radius=1.5, line=edge)


def extension(c: Canvas, look: str, chance: random.Random) -> None:
    c.shadow(8, 92, 70)
    c.line([(84, 44), (94, 40), (95, 22), (70, 14), (40, 16)], (64, 68, 72), 2)
    c.rect(6, 36, 86, 66, (248, 248, 247), radius=4, line=(206, 212, 214))
    for at in range(4):
        x = 17 + at * 18
        c.circle(x, 51, 7.6, (230, 233, 234), line=(196, 202, 206))
        c.circle(x - 2.8, 51, 1.2, (70, 74, 78))
        c.circle(x + 2.8, 51, 1.2, (70, 74, 78))
    c.rect(78, 45, 83, 57, (192, 52, 46), radius=1)


def plug(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, (248, 248, 247))
    c.line([(50, 92), (50, 66)], shade(colour, -0.3), 5)
    c.polygon([(30, 34), (70, 34), (62, 68), (38, 68)], colour)
    c.polygon([(30, 34), (37, 34), (44, 68), (38, 68)], shade(colour, -0.2))
    c.rect(28, 28, 72, 36, shade(colour, -0.08), radius=2)
    c.rect(37, 10, 41, 28, (200, 190, 160), radius=1.6)
    c.rect(59, 10, 63, 28, (200, 190, 160), radius=1.6)


def sensor(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, (249, 249, 248))
    c.circle(51, 53, 37, (218, 223, 223))
    c.circle(50, 50, 37, colour, line=shade(colour, -0.16))
    c.circle(50, 50, 23, shade(colour, -0.1), line=shade(colour, -0.22))
    for x, y in [*ring(8, 14), *ring(5, 7)]:
        c.circle(x, y, 3, shade(colour, 0.4), line=shade(colour, -0.14), width=0.3)
    c.circle(50, 80, 1.4, (60, 170, 90))


def cable(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, chance.choice(((58, 62, 66), (236, 238, 238), (150, 156, 160))))
    _coil(c, colour, 5.6)
    c.line([(84, 60), (93, 66), (92, 80)], colour, 6.4)
    for at, core in enumerate(((48, 94, 170), (118, 78, 54), (172, 190, 56))):
        c.line([(90 + at * 2, 80), (89 + at * 3, 92)], core, 1.7)


def wire(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, (48, 94, 170))
    _coil(c, colour, 3)
    c.line([(84, 58), (92, 66), (90, 82)], colour, 3)
    c.line([(90, 82), (89, 90)], (205, 130, 80), 1.4)


def pipe(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, (150, 156, 160))
    _coil(c, colour, 7)
    for radius in (37.5, 29.5, 21.5):
        for x, y in ring(round(radius * 1.5), radius, 50, 51):
            c.circle(x, y, 0.9, shade(colour, -0.28))


def _coil(c: Canvas, colour: RGB, width: float) -> None:
    c.shadow(10, 90, 88)
    radius, at = 40.0, 0
    while radius > 15:
        c.circle(50, 51, radius, None, line=shade(colour, -0.16 * (at % 2) + 0.04), width=width)
        radius -= width + 0.7
        at += 1
    for x, y in ((50, 22), (24, 68), (76, 68)):
        c.rect(x - 2, y - 11, x + 2, y + 4, (236, 226, 196), radius=0.6)


def duct(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, (246, 246, 244))
    c.shadow(10, 92, 76)
    c.polygon([(8, 62), (76, 26), (92, 32), (24, 70)], shade(colour, 0.2))
    c.polygon([(24, 70), (92, 32), (92, 46), (24, 84)], shade(colour, -0.1))
    c.polygon([(8, 62), (24, 70), (24, 84), (8, 76)], shade(colour, -0.2))
    c.polygon([(11, 66), (21, 71), (21, 79), (11, 74)], shade(colour, -0.55))
    c.line([(16, 66), (84, 29)], shade(colour, -0.2), 0.5)


def breaker(c: Canvas, look: str, chance: random.Random) -> None:
    poles = int(next((word[0] for word in look.split("|") if word[:1].isdigit()), "2"))
    lever = chance.choice(((11, 107, 114), (48, 94, 170), (44, 46, 49)))
    width = 21.0 if poles < 4 else 19.0
    left = 50 - poles * width / 2
    c.shadow(left, left + poles * width, 90)
    for at in range(poles):
        x = left + at * width
        c.rect(x, 10, x + width - 0.6, 90, (246, 247, 246), radius=1.5, line=(204, 210, 212))
        c.rect(x + 1, 28, x + width - 1.6, 72, (255, 255, 254), line=(214, 219, 221))
        c.circle(x + width / 2, 18, 3.6, (150, 158, 162))
        c.circle(x + width / 2, 82, 3.6, (150, 158, 162))
        c.rect(x + 4, 33, x + width - 7, 35, lever)
        c.rect(x + 4, 38, x + width - 9, 39.4, (190, 196, 200))
        c.rect(x + width / 2 - 5, 46, x + width / 2 + 5, 58, (70, 75, 80), radius=1)
    c.rect(left + 4, 49, left + poles * width - 4.6, 54, lever, radius=1.2)


def relay(c: Canvas, look: str, chance: random.Random) -> None:
    c.shadow(22, 78, 90)
    c.rect(22, 10, 78, 90, (246, 247, 246), radius=2, line=(204, 210, 212))
    c.rect(29, 30, 71, 50, (38, 44, 46), radius=1.5)
    for at in range(3):
        c.rect(34 + at * 12, 34, 42 + at * 12, 46, (226, 70, 56), radius=1)
    for x, y in ((32, 60), (50, 60), (68, 60)):
        c.circle(x, y, 3.4, (196, 202, 206), line=(150, 158, 162))
    for x in (32, 44, 56, 68):
        c.circle(x, 18, 3, (150, 158, 162))
        c.circle(x, 81, 3, (150, 158, 162))


def enclosure(c: Canvas, look: str, chance: random.Random) -> None:
    body = chance.choice(((244, 245, 244), (206, 211, 213)))
    c.shadow(12, 90, 90)
    c.rect(12, 12, 88, 88, body, radius=2, line=shade(body, -0.2))
    c.rect(18, 20, 82, 80, shade(body, -0.06), radius=1.5, line=shade(body, -0.2))
    if chance.random() < 0.6:
        c.rect(23, 26, 77, 74, (176, 190, 196), radius=1)
        for row in range(2):
            for at in range(7):
                x = 26 + at * 7
                c.rect(x, 32 + row * 21, x + 6, 48 + row * 21, (246, 247, 247), radius=0.6)
                c.rect(x + 1.5, 38 + row * 21, x + 4.5, 41 + row * 21, (11, 107, 114))
    c.rect(76, 46, 79, 54, (90, 96, 100), radius=1)


def terminal(c: Canvas, look: str, chance: random.Random) -> None:
    colour = chance.choice(((226, 130, 44), (48, 94, 170), (150, 156, 160), (205, 164, 84)))
    c.shadow(12, 88, 76)
    c.polygon([(10, 36), (24, 26), (92, 26), (80, 36)], shade(colour, 0.35))
    c.polygon([(80, 36), (92, 26), (92, 62), (80, 74)], shade(colour, -0.35))
    c.rect(10, 36, 80, 74, colour)
    for at in range(5):
        x = 18 + at * 13.5
        c.circle(x, 61, 4, (44, 46, 49))
        c.rect(x - 4, 42, x + 4, 51, shade(colour, 0.4), radius=1)


def tape(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, chance.choice(((48, 94, 170), (192, 52, 46), (44, 46, 49), (172, 190, 56))))
    c.shadow(16, 86, 84)
    c.ellipse(52, 54, 36, 32, shade(colour, -0.3))
    c.ellipse(50, 48, 36, 32, colour)
    for radius in (31, 26):
        c.ellipse(50, 48, radius, radius * 0.89, None, line=shade(colour, 0.2), width=0.4)
    c.ellipse(50, 48, 20, 17.6, (226, 214, 190))
    c.ellipse(51, 49.4, 17, 14.8, (232, 236, 236))


def tie(c: Canvas, look: str, chance: random.Random) -> None:
    colour = colour_of(look, chance.choice(((246, 246, 244), (52, 54, 57))))
    c.shadow(18, 84, 84)
    for at, turn in enumerate((0, 9, 18)):
        c.arc(48 + at * 2, 46 + turn * 0.5, 30 - at * 4, 60, 400, shade(colour, -0.14 * at - 0.04), 3.2)
        c.rect(58 + at * 4, 68 - at * 3, 68 + at * 4, 76 - at * 3, shade(colour, -0.22), radius=1)
