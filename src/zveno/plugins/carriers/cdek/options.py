"""What a seller tells to let CDEK carry for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.delivery.ports import CarrierOption

LIVE, LEARNING = "live", "learning"
# api-docs.cdek.ru, "Environments".
ADDRESSES = {LIVE: "https://api.cdek.ru", LEARNING: "https://api.edu.cdek.ru"}

OPTIONS = (
    CarrierOption("account", _("Account (client_id)"), "text", needed=True),
    CarrierOption("password", _("Secure password (client_secret)"), "secret", needed=True),
    CarrierOption(
        "system",
        _("System"),
        "choice",
        LIVE,
        _("The learning system takes bookings that nobody carries."),
        choices=((LIVE, _("Live")), (LEARNING, _("Learning"))),
    ),
    CarrierOption(
        "contract",
        _("Kind of contract"),
        "choice",
        "2",
        choices=(("2", _("Delivery")), ("1", _("Online shop"))),
    ),
    CarrierOption(
        "tariffs",
        _("Codes of the tariffs to offer"),
        "text",
        "",
        _("With commas between them, such as 136, 480. Empty: the cheapest of all that CDEK offers."),
    ),
)
