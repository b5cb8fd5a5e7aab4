"""Tables of pricing: prices, terms, standings, and how a seller's rules combine. Everything has a period."""

from zveno.pricing.models.prices import IndividualPrice, Price, PriceKind
from zveno.pricing.models.settings import Combination, Rounding
from zveno.pricing.models.standings import BuyerStanding, FirstOrder, Standing, StandingRule
from zveno.pricing.models.terms import Discount, KindAssignment

__all__ = [
    "BuyerStanding",
    "Combination",
    "Discount",
    "FirstOrder",
    "IndividualPrice",
    "KindAssignment",
    "Price",
    "PriceKind",
    "Rounding",
    "Standing",
    "StandingRule",
]
