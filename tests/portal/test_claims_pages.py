"""Pages of claims: made from a shipment with photos, answered line by line; faults keep what was typed."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests import deals, world
from tests.claims.ground import claim, photo, shipment
from tests.deals import NOW, Deal

from zveno.base import clock
from zveno.catalog.models import Product
from zveno.claims.models import Claim, ClaimFile, ClaimLine, ClaimTerms
from zveno.orders.models import Shipment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.timezone, "now", lambda: NOW)


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


@pytest.fixture
def lamp(deal: Deal) -> Product:
    return deal.product(name="Люстра", code="Л-1")


@pytest.fixture
def sent(deal: Deal, lamp: Product) -> Shipment:
    return shipment(deal, (lamp, 10))


def as_buyer(deal: Deal) -> Client:
    return world.sign_in(Client(), deal.dealer.buyer)


def as_seller(deal: Deal) -> Client:
    return world.sign_in(Client(), deal.seller.manager)


def picture() -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.new("RGB", (800, 600), (200, 20, 20)).save(target, "PNG")
    return SimpleUploadedFile("бой.png", target.getvalue(), "image/png")


def form(**told: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "kind": "damage", "wish": "refund", "words": "Разбито", "quantity-0": "2", **told}


def claims() -> list[Claim]:
    return list(Claim.objects.unscoped("a test looks").order_by("id"))


def test_a_buyer_claims_from_the_shipment_with_a_photo_and_the_seller_sees_it(deal: Deal, sent: Shipment) -> None:
    buyer = as_buyer(deal)
    assert sent.number in buyer.get("/buy/claims/new/").content.decode()
    answer = buyer.post(f"/buy/claims/new/{sent.pk}/", form(files=picture()))
    made = claims()[0]
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/buy/claims/{made.pk}/")
    page = as_seller(deal).get(f"/sell/claims/{made.pk}/").content.decode()
    assert all(word in page for word in (made.number, "Люстра", "Разбито", "бой.png"))
    assert made.number in as_seller(deal).get("/sell/claims/").content.decode()


def test_the_photo_is_shown_small_as_a_picture_and_downloaded_whole(deal: Deal, sent: Shipment) -> None:
    buyer = as_buyer(deal)
    buyer.post(f"/buy/claims/new/{sent.pk}/", form(files=picture()))
    kept = ClaimFile.objects.unscoped("a test looks").get()
    small = as_seller(deal).get(f"/sell/claims/{kept.claim_id}/files/{kept.pk}?edge=320")
    assert (small.headers["Content-Type"], Image.open(io.BytesIO(small.content)).size) == ("image/webp", (320, 240))
    whole = as_seller(deal).get(f"/sell/claims/{kept.claim_id}/files/{kept.pk}")
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert whole.headers["Content-Type"] == "application/octet-stream"


def test_a_script_called_a_photo_is_only_ever_a_download(deal: Deal, sent: Shipment) -> None:
    evil = SimpleUploadedFile("photo.png", b"<script>alert(1)</script>", "image/png")
    as_buyer(deal).post(f"/buy/claims/new/{sent.pk}/", form(files=evil))
    kept = ClaimFile.objects.unscoped("a test looks").get()
    assert kept.is_picture is False
    answer = as_seller(deal).get(f"/sell/claims/{kept.claim_id}/files/{kept.pk}?edge=320")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_more_than_was_shipped_is_told_at_its_line_and_nothing_typed_is_lost(deal: Deal, sent: Shipment) -> None:
    answer = as_buyer(deal).post(f"/buy/claims/new/{sent.pk}/", form(**{"quantity-0": "12", "words": "Три ящика"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in page for words in ("Три ящика", 'value="12"', 'aria-invalid="true"'))
    assert claims() == []


def test_what_is_no_number_is_said_and_nothing_is_made(deal: Deal, sent: Shipment) -> None:
    answer = as_buyer(deal).post(f"/buy/claims/new/{sent.pk}/", form(**{"quantity-0": "две"}))
    assert answer.status_code == 422
    assert "две" in answer.content.decode()
    assert claims() == []


def test_the_same_form_twice_leads_to_the_same_claim(deal: Deal, sent: Shipment) -> None:
    buyer, told = as_buyer(deal), form()
    first, second = (buyer.post(f"/buy/claims/new/{sent.pk}/", told) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(claims()) == 1


def test_the_seller_decides_line_by_line_and_an_empty_quantity_grants_all(
    deal: Deal, lamp: Product, sent: Shipment
) -> None:
    made = claim(deal, sent, {lamp: 4})
    line = ClaimLine.objects.unscoped("a test looks").get()
    seller = as_seller(deal)
    told = {f"outcome-{line.pk}": "discount", f"amount-{line.pk}": "500", "words": "По акту"}
    refused = seller.post(f"/sell/claims/{made.pk}/decide", told)
    assert (refused.status_code, "По акту" in refused.content.decode()) == (422, True)
    answer = seller.post(f"/sell/claims/{made.pk}/decide", {**told, f"amount-{line.pk}": "100,50"})
    assert answer.status_code == 302
    line.refresh_from_db()
    assert (line.outcome, line.granted, line.credited) == ("discount", Decimal(4), Decimal("100.50"))


def test_a_deed_out_of_time_shows_the_page_with_the_reason(deal: Deal, lamp: Product, sent: Shipment) -> None:
    made = claim(deal, sent, {lamp: 4})
    answer = as_seller(deal).post(f"/sell/claims/{made.pk}/finish", {"words": ""})
    assert (answer.status_code, made.number in answer.content.decode()) == (422, True)


def test_the_lists_export_what_they_show(deal: Deal, lamp: Product, sent: Shipment) -> None:
    claim(deal, sent, {lamp: 4})
    for client, address in (
        (as_buyer(deal), "/buy/claims/list.xlsx"),
        (as_seller(deal), "/sell/claims/list.xlsx"),
        (as_seller(deal), "/sell/claims/figures.xlsx"),
    ):
        answer = client.get(address)
        assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["Л-1", "Люстра", "РТУ-17", "Разбито"])
def test_a_claim_is_found_by_what_it_is_about(deal: Deal, lamp: Product, sent: Shipment, text: str) -> None:
    made = claim(deal, sent, {lamp: 4})
    buyer = as_buyer(deal)
    assert made.number in buyer.get("/buy/claims/", {"q": text}).content.decode()
    assert made.number not in buyer.get("/buy/claims/", {"q": "Шуруп"}).content.decode()


def test_the_sellers_terms_close_a_kind(deal: Deal, sent: Shipment) -> None:
    days = {"arrival_days": 0, "defect_days": 30, "return_days": 0, "papers_days": 5, "answer_days": 3}
    assert as_seller(deal).post("/sell/claims/terms/", days).status_code == 302
    assert ClaimTerms.objects.unscoped("a test looks").get().answer_days == 3
    assert as_buyer(deal).post(f"/buy/claims/new/{sent.pk}/", form()).status_code == 422
    assert as_buyer(deal).post(f"/buy/claims/new/{sent.pk}/", form(kind="defect")).status_code == 302


def test_a_viewer_reads_but_does_not_claim(deal: Deal, lamp: Product, sent: Shipment) -> None:
    made = claim(deal, sent, {lamp: 4}, sent=(photo(),))
    viewer = world.sign_in(Client(), deal.dealer.viewer)
    assert viewer.get(f"/buy/claims/{made.pk}/").status_code == 200
    assert viewer.post(f"/buy/claims/new/{sent.pk}/", form()).status_code in (403, 404)
    assert viewer.post(f"/buy/claims/{made.pk}/withdraw").status_code in (403, 404)
    assert len(claims()) == 1
