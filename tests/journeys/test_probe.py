import pytest
from tests.journeys.conftest import *
JS="""() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 361 && !e.closest('.z-tabs')).slice(0,12).map(e => e.tagName+'.'+e.className+' '+Math.round(e.getBoundingClientRect().right)+' '+e.textContent.trim().slice(0,30))"""
def test_probe(house, signed_in):
    page=signed_in("admin"); page.goto(house.url+"/desk/partners/"); page.set_viewport_size({"width":360,"height":900}); page.wait_for_timeout(300)
    print(">>", page.evaluate(JS))
    page=signed_in("head"); page.goto(house.url+"/company/keys/"); page.set_viewport_size({"width":360,"height":900})
    page.fill("input[name=name]", "Сайт"); page.get_by_role("button", name="Создать ключ").click(); page.wait_for_timeout(800)
    print(">>", page.evaluate(JS))
    assert 0
