"""Distances between places on the globe."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

_EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east."""

    latitude: Decimal
    longitude: Decimal


def distance_km(one: Point, other: Point) -> int:
    """The way as the crow flies, in whole kilometres (haversine)."""
    north, east = radians(float(other.latitude - one.latitude)), radians(float(other.longitude - one.longitude))
    across = cos(radians(float(one.latitude))) * cos(radians(float(other.latitude)))
    chord = sin(north / 2) ** 2 + across * sin(east / 2) ** 2
    return round(2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord))))
