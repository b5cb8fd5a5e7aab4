"""Which zones a place lies in: its own entry counts before its region's, that before the rest of the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of a zone: a place, or a region by its code, or neither: everywhere. `owner` is who counts with it."""

    zone_id: int
    owner: int | None
    place_id: int | None = None
    region_code: str = ""


def zones_of(members: Iterable[Member], *, place_id: int, region_code: str) -> dict[int | None, tuple[int, ...]]:
    """By owner (a carrier, or `None` for the seller's own): its zones that hold the place, the nearest kind of entry
    alone. A carrier that names the city has that zone, not the one of the region around it.
    """
    ranked: defaultdict[int | None, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for member in members:
        rank = _rank(member, place_id, region_code)
        if rank is not None:
            ranked[member.owner][rank].add(member.zone_id)
    return {owner: tuple(sorted(by_rank[min(by_rank)])) for owner, by_rank in ranked.items()}


def _rank(member: Member, place_id: int, region_code: str) -> int | None:
    if member.place_id is not None:
        return 0 if member.place_id == place_id else None
    if member.region_code:
        return 1 if member.region_code == region_code else None
    return 2
