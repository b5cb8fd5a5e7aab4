"""Which products the lines of a call mean."""

from __future__ import annotations

from collections.abc import Sequence

from zveno.api.errors import ProductCodeAmbiguous, ProductCodeUnknown, ProductNotNamed
from zveno.api.shapes import GivenLine
from zveno.catalog.queries.orderable import products_by_code
from zveno.orders.errors import fault_of
from zveno.orders.rules.lines import quantity_problem


def named_products(lines: Sequence[GivenLine], *, seller_id: int) -> list[int]:
    """The product id of each line, by id or by the seller's code or barcode. One SQL statement if codes are given.

    Raises ProductNotNamed, ProductCodeUnknown, ProductCodeAmbiguous, the quantity's faults; each with its path.
    """
    codes = {line.code for line in lines if line.product_id is None and line.code}
    found = products_by_code(codes=codes, seller_id=seller_id) if codes else {}
    ids = []
    for index, line in enumerate(lines):
        problem = quantity_problem(line.quantity, line.quantity * 0)
        if problem:
            raise fault_of(problem.code, place=f"lines/{index}/quantity", **problem.params)
        if line.product_id is not None:
            ids.append(line.product_id)
            continue
        place = f"lines/{index}/code"
        if not line.code:
            raise ProductNotNamed(place=f"lines/{index}/product_id")
        products = found.get(line.code, ())
        if not products:
            raise ProductCodeUnknown(place=place, code=line.code)
        if len(products) > 1:
            raise ProductCodeAmbiguous(
                place=place, code=line.code, product_ids=", ".join(str(product.id) for product in products)
            )
        ids.append(products[0].id)
    return ids
