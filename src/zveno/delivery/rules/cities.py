"""The list of settlements that an installation begins with: Russian cities, made by us; afterwards people edit it.

Coordinates are those of the centre, to a hundredth of a degree (about a kilometre).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# A region's line: code, name, English name, time zone. A city's: name, English name, north, east, other names.
_LIST = """
77|Москва|Moscow|Europe/Moscow
 Москва,Moscow,55.75,37.62,Мск
 Зеленоград,Zelenograd,55.99,37.21
 Троицк,Troitsk,55.48,37.30
50|Московская область|Moscow Oblast|Europe/Moscow
 Подольск,Podolsk,55.43,37.55
 Химки,Khimki,55.89,37.43
 Балашиха,Balashikha,55.80,37.94
 Мытищи,Mytishchi,55.91,37.73
 Люберцы,Lyubertsy,55.68,37.89
 Королёв,Korolyov,55.92,37.85
 Красногорск,Krasnogorsk,55.83,37.33
 Одинцово,Odintsovo,55.68,37.28
 Домодедово,Domodedovo,55.44,37.77
 Серпухов,Serpukhov,54.92,37.41
 Коломна,Kolomna,55.08,38.78
 Электросталь,Elektrostal,55.79,38.45
 Ногинск,Noginsk,55.85,38.44
 Клин,Klin,56.33,36.73
 Дмитров,Dmitrov,56.34,37.52
 Сергиев Посад,Sergiyev Posad,56.30,38.13
78|Санкт-Петербург|Saint Petersburg|Europe/Moscow
 Санкт-Петербург,Saint Petersburg,59.94,30.31,СПб,Спб,Питер,С-Петербург,Петербург
 Колпино,Kolpino,59.75,30.59
47|Ленинградская область|Leningrad Oblast|Europe/Moscow
 Гатчина,Gatchina,59.57,30.13
 Выборг,Vyborg,60.71,28.75
 Всеволожск,Vsevolozhsk,60.02,30.65
 Тихвин,Tikhvin,59.64,33.54
31|Белгородская область|Belgorod Oblast|Europe/Moscow
 Белгород,Belgorod,50.60,36.59
 Старый Оскол,Stary Oskol,51.30,37.84
32|Брянская область|Bryansk Oblast|Europe/Moscow
 Брянск,Bryansk,53.25,34.37
33|Владимирская область|Vladimir Oblast|Europe/Moscow
 Владимир,Vladimir,56.13,40.41
 Ковров,Kovrov,56.36,41.32
 Муром,Murom,55.58,42.05
36|Воронежская область|Voronezh Oblast|Europe/Moscow
 Воронеж,Voronezh,51.67,39.18
37|Ивановская область|Ivanovo Oblast|Europe/Moscow
 Иваново,Ivanovo,57.00,40.97
40|Калужская область|Kaluga Oblast|Europe/Moscow
 Калуга,Kaluga,54.51,36.26
 Обнинск,Obninsk,55.11,36.60
 Киров,Kirov,54.08,34.31
44|Костромская область|Kostroma Oblast|Europe/Moscow
 Кострома,Kostroma,57.77,40.93
46|Курская область|Kursk Oblast|Europe/Moscow
 Курск,Kursk,51.73,36.19
 Железногорск,Zheleznogorsk,52.34,35.36
48|Липецкая область|Lipetsk Oblast|Europe/Moscow
 Липецк,Lipetsk,52.61,39.60
57|Орловская область|Oryol Oblast|Europe/Moscow
 Орёл,Oryol,52.97,36.08
62|Рязанская область|Ryazan Oblast|Europe/Moscow
 Рязань,Ryazan,54.63,39.74
67|Смоленская область|Smolensk Oblast|Europe/Moscow
 Смоленск,Smolensk,54.78,32.05
68|Тамбовская область|Tambov Oblast|Europe/Moscow
 Тамбов,Tambov,52.72,41.45
69|Тверская область|Tver Oblast|Europe/Moscow
 Тверь,Tver,56.86,35.90
71|Тульская область|Tula Oblast|Europe/Moscow
 Тула,Tula,54.19,37.62
 Новомосковск,Novomoskovsk,54.01,38.30
76|Ярославская область|Yaroslavl Oblast|Europe/Moscow
 Ярославль,Yaroslavl,57.63,39.87
 Рыбинск,Rybinsk,58.05,38.84
10|Республика Карелия|Republic of Karelia|Europe/Moscow
 Петрозаводск,Petrozavodsk,61.79,34.35
11|Республика Коми|Komi Republic|Europe/Moscow
 Сыктывкар,Syktyvkar,61.67,50.84
 Ухта,Ukhta,63.57,53.70
29|Архангельская область|Arkhangelsk Oblast|Europe/Moscow
 Архангельск,Arkhangelsk,64.54,40.54
 Северодвинск,Severodvinsk,64.56,39.83
35|Вологодская область|Vologda Oblast|Europe/Moscow
 Вологда,Vologda,59.22,39.88
 Череповец,Cherepovets,59.13,37.91
39|Калининградская область|Kaliningrad Oblast|Europe/Kaliningrad
 Калининград,Kaliningrad,54.71,20.51
51|Мурманская область|Murmansk Oblast|Europe/Moscow
 Мурманск,Murmansk,68.97,33.08
 Апатиты,Apatity,67.57,33.40
53|Новгородская область|Novgorod Oblast|Europe/Moscow
 Великий Новгород,Veliky Novgorod,58.52,31.27,Новгород
60|Псковская область|Pskov Oblast|Europe/Moscow
 Псков,Pskov,57.82,28.33
 Великие Луки,Velikiye Luki,56.34,30.55
01|Республика Адыгея|Republic of Adygea|Europe/Moscow
 Майкоп,Maykop,44.61,40.10
08|Республика Калмыкия|Republic of Kalmykia|Europe/Moscow
 Элиста,Elista,46.31,44.26
23|Краснодарский край|Krasnodar Krai|Europe/Moscow
 Краснодар,Krasnodar,45.04,38.98,Крд
 Сочи,Sochi,43.59,39.73
 Новороссийск,Novorossiysk,44.72,37.77
 Армавир,Armavir,45.00,41.13
 Анапа,Anapa,44.89,37.32
30|Астраханская область|Astrakhan Oblast|Europe/Astrakhan
 Астрахань,Astrakhan,46.35,48.04
34|Волгоградская область|Volgograd Oblast|Europe/Volgograd
 Волгоград,Volgograd,48.71,44.51
 Волжский,Volzhsky,48.79,44.75
61|Ростовская область|Rostov Oblast|Europe/Moscow
 Ростов-на-Дону,Rostov-on-Don,47.22,39.72,Ростов н/Д,Ростов
 Таганрог,Taganrog,47.24,38.90
 Шахты,Shakhty,47.71,40.21
 Волгодонск,Volgodonsk,47.51,42.15
05|Республика Дагестан|Republic of Dagestan|Europe/Moscow
 Махачкала,Makhachkala,42.98,47.50
 Дербент,Derbent,42.06,48.29
06|Республика Ингушетия|Republic of Ingushetia|Europe/Moscow
 Магас,Magas,43.17,44.81
 Назрань,Nazran,43.23,44.77
07|Кабардино-Балкарская Республика|Kabardino-Balkaria|Europe/Moscow
 Нальчик,Nalchik,43.49,43.61
09|Карачаево-Черкесская Республика|Karachay-Cherkessia|Europe/Moscow
 Черкесск,Cherkessk,44.23,42.05
15|Республика Северная Осетия — Алания|North Ossetia–Alania|Europe/Moscow
 Владикавказ,Vladikavkaz,43.02,44.68
20|Чеченская Республика|Chechen Republic|Europe/Moscow
 Грозный,Grozny,43.32,45.69
26|Ставропольский край|Stavropol Krai|Europe/Moscow
 Ставрополь,Stavropol,45.04,41.97
 Пятигорск,Pyatigorsk,44.05,43.06
 Невинномысск,Nevinnomyssk,44.63,41.94
02|Республика Башкортостан|Republic of Bashkortostan|Asia/Yekaterinburg
 Уфа,Ufa,54.74,55.97
 Стерлитамак,Sterlitamak,53.63,55.95
 Салават,Salavat,53.36,55.92
12|Республика Марий Эл|Mari El Republic|Europe/Moscow
 Йошкар-Ола,Yoshkar-Ola,56.63,47.89
13|Республика Мордовия|Republic of Mordovia|Europe/Moscow
 Саранск,Saransk,54.19,45.18
16|Республика Татарстан|Republic of Tatarstan|Europe/Moscow
 Казань,Kazan,55.79,49.12
 Набережные Челны,Naberezhnye Chelny,55.74,52.41,Наб. Челны
 Нижнекамск,Nizhnekamsk,55.64,51.82
 Альметьевск,Almetyevsk,54.90,52.30
18|Удмуртская Республика|Udmurt Republic|Europe/Samara
 Ижевск,Izhevsk,56.85,53.21
 Глазов,Glazov,58.14,52.66
21|Чувашская Республика|Chuvash Republic|Europe/Moscow
 Чебоксары,Cheboksary,56.14,47.25
43|Кировская область|Kirov Oblast|Europe/Kirov
 Киров,Kirov,58.60,49.66,Вятка
52|Нижегородская область|Nizhny Novgorod Oblast|Europe/Moscow
 Нижний Новгород,Nizhny Novgorod,56.33,44.00,Н. Новгород,Н.Новгород,НН
 Дзержинск,Dzerzhinsk,56.24,43.46
 Арзамас,Arzamas,55.39,43.84
56|Оренбургская область|Orenburg Oblast|Asia/Yekaterinburg
 Оренбург,Orenburg,51.77,55.10
 Орск,Orsk,51.23,58.48
58|Пензенская область|Penza Oblast|Europe/Moscow
 Пенза,Penza,53.20,45.02
59|Пермский край|Perm Krai|Asia/Yekaterinburg
 Пермь,Perm,58.01,56.25
 Березники,Berezniki,59.41,56.80
63|Самарская область|Samara Oblast|Europe/Samara
 Самара,Samara,53.20,50.14
 Тольятти,Tolyatti,53.51,49.42
 Сызрань,Syzran,53.16,48.47
64|Саратовская область|Saratov Oblast|Europe/Saratov
 Саратов,Saratov,51.53,46.03
 Энгельс,Engels,51.50,46.12
73|Ульяновская область|Ulyanovsk Oblast|Europe/Ulyanovsk
 Ульяновск,Ulyanovsk,54.32,48.40
 Димитровград,Dimitrovgrad,54.21,49.62
45|Курганская область|Kurgan Oblast|Asia/Yekaterinburg
 Курган,Kurgan,55.45,65.34
66|Свердловская область|Sverdlovsk Oblast|Asia/Yekaterinburg
 Екатеринбург,Yekaterinburg,56.84,60.61,Екб
 Нижний Тагил,Nizhny Tagil,57.91,59.97,Н. Тагил
 Каменск-Уральский,Kamensk-Uralsky,56.41,61.92
 Первоуральск,Pervouralsk,56.91,59.94
72|Тюменская область|Tyumen Oblast|Asia/Yekaterinburg
 Тюмень,Tyumen,57.15,65.53
 Тобольск,Tobolsk,58.20,68.25
74|Челябинская область|Chelyabinsk Oblast|Asia/Yekaterinburg
 Челябинск,Chelyabinsk,55.16,61.40
 Магнитогорск,Magnitogorsk,53.41,58.98
 Златоуст,Zlatoust,55.17,59.67
 Миасс,Miass,55.05,60.11
 Троицк,Troitsk,54.08,61.56
86|Ханты-Мансийский АО — Югра|Khanty-Mansi AO|Asia/Yekaterinburg
 Ханты-Мансийск,Khanty-Mansiysk,61.00,69.02
 Сургут,Surgut,61.25,73.40
 Нижневартовск,Nizhnevartovsk,60.94,76.56
89|Ямало-Ненецкий АО|Yamalo-Nenets AO|Asia/Yekaterinburg
 Салехард,Salekhard,66.53,66.61
 Новый Уренгой,Novy Urengoy,66.08,76.68
 Ноябрьск,Noyabrsk,63.20,75.45
04|Республика Алтай|Altai Republic|Asia/Barnaul
 Горно-Алтайск,Gorno-Altaysk,51.96,85.96
17|Республика Тыва|Tuva Republic|Asia/Krasnoyarsk
 Кызыл,Kyzyl,51.72,94.44
19|Республика Хакасия|Republic of Khakassia|Asia/Krasnoyarsk
 Абакан,Abakan,53.72,91.44
22|Алтайский край|Altai Krai|Asia/Barnaul
 Барнаул,Barnaul,53.35,83.78
 Бийск,Biysk,52.54,85.21
24|Красноярский край|Krasnoyarsk Krai|Asia/Krasnoyarsk
 Красноярск,Krasnoyarsk,56.01,92.87
 Норильск,Norilsk,69.35,88.20
 Ачинск,Achinsk,56.27,90.50
 Железногорск,Zheleznogorsk,56.25,93.53
38|Иркутская область|Irkutsk Oblast|Asia/Irkutsk
 Иркутск,Irkutsk,52.29,104.28
 Братск,Bratsk,56.13,101.61
 Ангарск,Angarsk,52.54,103.89
42|Кемеровская область — Кузбасс|Kemerovo Oblast|Asia/Novokuznetsk
 Кемерово,Kemerovo,55.35,86.09
 Новокузнецк,Novokuznetsk,53.76,87.11
54|Новосибирская область|Novosibirsk Oblast|Asia/Novosibirsk
 Новосибирск,Novosibirsk,55.03,82.92,Нск,Новосиб
 Бердск,Berdsk,54.76,83.10
55|Омская область|Omsk Oblast|Asia/Omsk
 Омск,Omsk,54.99,73.37
70|Томская область|Tomsk Oblast|Asia/Tomsk
 Томск,Tomsk,56.48,84.95
 Северск,Seversk,56.60,84.88
03|Республика Бурятия|Republic of Buryatia|Asia/Irkutsk
 Улан-Удэ,Ulan-Ude,51.83,107.61
75|Забайкальский край|Zabaykalsky Krai|Asia/Chita
 Чита,Chita,52.03,113.50
14|Республика Саха (Якутия)|Sakha Republic|Asia/Yakutsk
 Якутск,Yakutsk,62.03,129.73
 Нерюнгри,Neryungri,56.66,124.71
25|Приморский край|Primorsky Krai|Asia/Vladivostok
 Владивосток,Vladivostok,43.12,131.89,Владик
 Уссурийск,Ussuriysk,43.80,131.95
 Находка,Nakhodka,42.82,132.88
 Артём,Artyom,43.36,132.19
27|Хабаровский край|Khabarovsk Krai|Asia/Vladivostok
 Хабаровск,Khabarovsk,48.48,135.08
 Комсомольск-на-Амуре,Komsomolsk-on-Amur,50.55,137.01,Комсомольск
28|Амурская область|Amur Oblast|Asia/Yakutsk
 Благовещенск,Blagoveshchensk,50.29,127.53
41|Камчатский край|Kamchatka Krai|Asia/Kamchatka
 Петропавловск-Камчатский,Petropavlovsk-Kamchatsky,53.02,158.65
49|Магаданская область|Magadan Oblast|Asia/Magadan
 Магадан,Magadan,59.57,150.80
65|Сахалинская область|Sakhalin Oblast|Asia/Sakhalin
 Южно-Сахалинск,Yuzhno-Sakhalinsk,46.96,142.73
79|Еврейская автономная область|Jewish Autonomous Oblast|Asia/Vladivostok
 Биробиджан,Birobidzhan,48.79,132.92
87|Чукотский АО|Chukotka AO|Asia/Anadyr
 Анадырь,Anadyr,64.73,177.51
83|Ненецкий АО|Nenets AO|Europe/Moscow
 Нарьян-Мар,Naryan-Mar,67.64,53.01
"""


@dataclass(frozen=True, slots=True)
class City:
    """A settlement of the list. `code` is the region's and the English name, such as `RU-25-VLADIVOSTOK`."""

    code: str
    name: str
    name_en: str
    region_code: str
    region: str
    region_en: str
    latitude: Decimal
    longitude: Decimal
    time_zone: str
    aliases: tuple[str, ...]


def cities() -> Iterator[City]:
    """The whole list, region by region."""
    region: list[str] = []
    for line in _LIST.strip("\n").splitlines():
        if not line.startswith(" "):
            region = line.split("|")
            continue
        name, english, north, east, *aliases = line.strip().split(",")
        yield City(
            code=city_code(f"RU-{region[0]}", english),
            name=name,
            name_en=english,
            region_code=f"RU-{region[0]}",
            region=region[1],
            region_en=region[2],
            latitude=Decimal(north),
            longitude=Decimal(east),
            time_zone=region[3],
            aliases=tuple(aliases),
        )


def city_code(region_code: str, name_en: str) -> str:
    """The code of a settlement without one of its own."""
    letters = "".join(sign for sign in name_en.upper() if sign.isascii() and sign.isalnum())
    return f"{region_code}-{letters}"[:60]
