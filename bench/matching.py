"""Names that no code helps with, against a large assortment: the dearest part of resolving a sales file."""

from __future__ import annotations

from bench._ground import Watch, tell

_KINDS = ("Автомат", "Кабель", "Лампа", "Розетка", "Щит", "Реле", "Краска", "Эмаль")
_PRODUCTS = 20_000
_ASKED = 2_000


def main() -> None:
    """Print the cost of building the index, and of resolving known codes and unknown names."""
    from zveno.sellout.rules.matching import Asked, Product, ProductIndex

    products = [
        Product(n, f"C{n:06}", f"{_KINDS[n % 8]} серия S{n % 97} {n % 53} А модель {n}") for n in range(_PRODUCTS)
    ]
    building = Watch()
    index = ProductIndex(products)
    built = building.seconds
    codes = [Asked(article=f"C{n:06}", name=products[n].name) for n in range(_ASKED)]
    names = [Asked(name=f"{_KINDS[n % 8]} сер. S{n % 97} модель {n * 7 % _PRODUCTS}") for n in range(_ASKED)]
    by_code = _seconds(index.resolve_all, codes)
    by_name = _seconds(index.resolve_all, names)
    tell(
        [
            (f"index of {_PRODUCTS:,} products", f"{built:.1f} s"),
            (f"{_ASKED:,} lines with an article", f"{by_code:.2f} s"),
            (f"{_ASKED:,} unknown names", f"{by_name:.1f} s, {by_name / by_code:.0f} × a line with an article"),
        ]
    )


def _seconds(resolve: object, asked: object) -> float:
    watch = Watch()
    resolve(asked)  # type: ignore[operator]
    return watch.seconds
