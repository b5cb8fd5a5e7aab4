"""Russia as the demo world knows it: federal districts, regions, cities, their time zones and tax codes."""

from __future__ import annotations

from dataclasses import dataclass

_DISTRICTS = """
CFD|Центральный федеральный округ|Central Federal District
77|Москва|Moscow|Europe/Moscow
50|Московская область|Moscow Oblast|Europe/Moscow|Подольск=Podolsk,Химки=Khimki
36|Воронежская область|Voronezh Oblast|Europe/Moscow|Воронеж=Voronezh
71|Тульская область|Tula Oblast|Europe/Moscow|Тула=Tula
76|Ярославская область|Yaroslavl Oblast|Europe/Moscow|Ярославль=Yaroslavl,Рыбинск=Rybinsk
62|Рязанская область|Ryazan Oblast|Europe/Moscow|Рязань=Ryazan
69|Тверская область|Tver Oblast|Europe/Moscow|Тверь=Tver
31|Белгородская область|Belgorod Oblast|Europe/Moscow|Белгород=Belgorod
33|Владимирская область|Vladimir Oblast|Europe/Moscow|Владимир=Vladimir
40|Калужская область|Kaluga Oblast|Europe/Moscow|Калуга=Kaluga
NWD|Северо-Западный федеральный округ|Northwestern Federal District
78|Санкт-Петербург|Saint Petersburg|Europe/Moscow
47|Ленинградская область|Leningrad Oblast|Europe/Moscow|Гатчина=Gatchina,Выборг=Vyborg
39|Калининградская область|Kaliningrad Oblast|Europe/Kaliningrad|Калининград=Kaliningrad
29|Архангельская область|Arkhangelsk Oblast|Europe/Moscow|Архангельск=Arkhangelsk
35|Вологодская область|Vologda Oblast|Europe/Moscow|Вологда=Vologda,Череповец=Cherepovets
51|Мурманская область|Murmansk Oblast|Europe/Moscow|Мурманск=Murmansk
10|Республика Карелия|Republic of Karelia|Europe/Moscow|Петрозаводск=Petrozavodsk
SFD|Южный федеральный округ|Southern Federal District
61|Ростовская область|Rostov Oblast|Europe/Moscow|Ростов-на-Дону=Rostov-on-Don,Таганрог=Taganrog
23|Краснодарский край|Krasnodar Krai|Europe/Moscow|Краснодар=Krasnodar,Сочи=Sochi
34|Волгоградская область|Volgograd Oblast|Europe/Volgograd|Волгоград=Volgograd
30|Астраханская область|Astrakhan Oblast|Europe/Astrakhan|Астрахань=Astrakhan
NCD|Северо-Кавказский федеральный округ|North Caucasian Federal District
26|Ставропольский край|Stavropol Krai|Europe/Moscow|Ставрополь=Stavropol,Пятигорск=Pyatigorsk
VFD|Приволжский федеральный округ|Volga Federal District
52|Нижегородская область|Nizhny Novgorod Oblast|Europe/Moscow|Нижний Новгород=Nizhny Novgorod
63|Самарская область|Samara Oblast|Europe/Samara|Самара=Samara,Тольятти=Tolyatti
16|Республика Татарстан|Republic of Tatarstan|Europe/Moscow|Казань=Kazan,Набережные Челны=Naberezhnye Chelny
64|Саратовская область|Saratov Oblast|Europe/Saratov|Саратов=Saratov
73|Ульяновская область|Ulyanovsk Oblast|Europe/Ulyanovsk|Ульяновск=Ulyanovsk
18|Удмуртская Республика|Udmurt Republic|Europe/Samara|Ижевск=Izhevsk
02|Республика Башкортостан|Republic of Bashkortostan|Asia/Yekaterinburg|Уфа=Ufa
59|Пермский край|Perm Krai|Asia/Yekaterinburg|Пермь=Perm
56|Оренбургская область|Orenburg Oblast|Asia/Yekaterinburg|Оренбург=Orenburg
UFD|Уральский федеральный округ|Ural Federal District
66|Свердловская область|Sverdlovsk Oblast|Asia/Yekaterinburg|Екатеринбург=Yekaterinburg,Нижний Тагил=Nizhny Tagil
74|Челябинская область|Chelyabinsk Oblast|Asia/Yekaterinburg|Челябинск=Chelyabinsk,Магнитогорск=Magnitogorsk
72|Тюменская область|Tyumen Oblast|Asia/Yekaterinburg|Тюмень=Tyumen
86|Ханты-Мансийский АО — Югра|Khanty-Mansi AO|Asia/Yekaterinburg|Сургут=Surgut
45|Курганская область|Kurgan Oblast|Asia/Yekaterinburg|Курган=Kurgan
SIB|Сибирский федеральный округ|Siberian Federal District
54|Новосибирская область|Novosibirsk Oblast|Asia/Novosibirsk|Новосибирск=Novosibirsk
55|Омская область|Omsk Oblast|Asia/Omsk|Омск=Omsk
24|Красноярский край|Krasnoyarsk Krai|Asia/Krasnoyarsk|Красноярск=Krasnoyarsk
38|Иркутская область|Irkutsk Oblast|Asia/Irkutsk|Иркутск=Irkutsk
42|Кемеровская область — Кузбасс|Kemerovo Oblast|Asia/Novokuznetsk|Кемерово=Kemerovo,Новокузнецк=Novokuznetsk
70|Томская область|Tomsk Oblast|Asia/Tomsk|Томск=Tomsk
22|Алтайский край|Altai Krai|Asia/Barnaul|Барнаул=Barnaul
FED|Дальневосточный федеральный округ|Far Eastern Federal District
25|Приморский край|Primorsky Krai|Asia/Vladivostok|Владивосток=Vladivostok
27|Хабаровский край|Khabarovsk Krai|Asia/Vladivostok|Хабаровск=Khabarovsk
28|Амурская область|Amur Oblast|Asia/Yakutsk|Благовещенск=Blagoveshchensk
03|Республика Бурятия|Republic of Buryatia|Asia/Irkutsk|Улан-Удэ=Ulan-Ude
14|Республика Саха (Якутия)|Sakha Republic|Asia/Yakutsk|Якутск=Yakutsk
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree. `parent` is the code of the node above; `tax_region` the two digits that INNs begin with."""

    id: int
    parent: int | None
    code: str
    name: str
    name_en: str
    time_zone: str
    district: str = ""
    tax_region: str = ""
    level: int = 0


def places() -> list[Place]:
    """The tree from the country down, parents first; ids from 1. A federal city is a region without cities below."""
    found = [Place(1, None, "RU", "Россия", "Russia", "Europe/Moscow")]
    district = region = found[0]
    for line in _DISTRICTS.strip().splitlines():
        parts = line.split("|")
        at = len(found) + 1
        if len(parts) == 3:
            district = Place(at, 1, f"RU-{parts[0]}", parts[1], parts[2], "Europe/Moscow", parts[0], level=1)
            found.append(district)
            continue
        code, name, english, zone = parts[:4]
        region = Place(at, district.id, f"RU-{code}", name, english, zone, district.district, code, level=2)
        found.append(region)
        for number, pair in enumerate(parts[4].split(",") if len(parts) > 4 else (), 1):
            city, city_en = pair.split("=")
            below = f"RU-{code}-{number:02d}"
            found.append(Place(len(found) + 1, region.id, below, city, city_en, zone, region.district, code, level=3))
    return found


def towns(all_places: list[Place]) -> list[Place]:
    """Places where a company can be: cities, and regions that are cities themselves."""
    above = {place.parent for place in all_places}
    return [place for place in all_places if place.level >= 2 and place.id not in above]
