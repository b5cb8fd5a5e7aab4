"""What headers call the columns of a sales report, in Russian, English and Ukrainian, and how a header is compared."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

NOT_SALES = (
    "stock", "cost", "profit", "vat", "discount", "weight", "volume", "line_number", "category", "period", "power",
    "manager", "received", "not_used",
)  # fmt: skip
"""Kinds that are recognised so that they are not taken for something else; no field of a line."""

_WORDS: dict[str, str] = {
    "sold_on": (
        "дата|дата продажи|дата отгрузки|дата документа|дата накладной|дата реализации|дата чека|"
        "дата операции|дата заказа|день|date|sale date|sales date|invoice date|invoicedate|order date|"
        "transaction date|ship date|day|transaction timestamp|doc date|posting date|дата док|дата отгр|"
        "дата прод|дата расхода"
    ),
    "period": "период|месяц|month|period|неделя|week|квартал|год|year",
    "product_code": (
        "код|код товара|код номенклатуры|внутренний код|код 1с|код 1c|код дистрибьютора|наш код|item number|"
        "item no|stockcode|stock code|item code|product code|product id|item id|код продукта|код тов|"
        "id товара|код позиции|номенклатурный номер|номенклатура код|ном номер|code|код материала|material|"
        "material number|item"
    ),
    "article": (
        "артикул|арт|артикул производителя|артикул поставщика|код производителя|каталожный номер|"
        "каталожный №|sku|article|art|article number|part number|partnumber|vendor code|mpn|model|модель|"
        "manufacturer code|партномер|артикул товара|номер по каталогу|catalog number|vendor sku|"
        "артикул завода|supplier article|sku производителя"
    ),
    "barcode": (
        "штрихкод|штрих код|шк|ean|ean13|ean 13|gtin|barcode|bar code|upc|штрих код товара|ean код|баркод|"
        "штрихкод ean"
    ),
    "product_name": (
        "наименование|номенклатура|товар|название|наименование товара|название товара|продукция|продукт|"
        "номенклатура наименование|description|item description|product|product name|item name|name|описание|"
        "позиция|товары работы услуги|найменування|назва|product description|наименование номенклатуры|"
        "полное наименование|товарная позиция|наименование продукции|материал наименование|goods|"
        "product type"
    ),
    "brand": (
        "бренд|торговая марка|марка|brand|manufacturer|производитель|вендор|vendor|vendor name|тм|"
        "manufacture|виробник|изготовитель"
    ),
    "quantity": (
        "количество|кол во|кол|колво|к во|шт|штук|количество шт|кол во шт|отгружено|продано|продажи шт|"
        "реализовано|qty|quantity|units|units sold|bottles sold|sold|sold qty|объем продаж шт|pieces|pcs|"
        "кількість|к сть|расход кол|количество расход|расход|реализация шт|отгрузка шт|sales qty|"
        "sales quantity|количество продано|всего шт|count|расход количество|продажа шт|кол во упак|продажи|"
        "количество единиц|прод шт|отгружено шт"
    ),
    "unit": (
        "ед|ед изм|единица|единица измерения|ед измерения|единица хранения|unit|uom|unit of measure|"
        "базовая единица|одиниця|од вим|упаковка"
    ),
    "price": (
        "цена|цена за ед|цена за единицу|цена продажи|цена реализации|цена с ндс|цена без ндс|цена руб|price|"
        "unit price|unitprice|sale price|ціна|стоимость за ед|цена отгрузки|звичайна ціна|рр|ррц|"
        "розничная цена|cost per unit|state bottle retail|retail price|цена отпускная|цена ед|цена шт|"
        "цена товара|рекомендованная цена|цена за шт"
    ),
    "amount": (
        "сумма|сумма с ндс|сумма продажи|сумма продаж|сумма реализации|сумма руб|выручка|стоимость|итого|"
        "всего|продажи руб|amount|total|sum|revenue|sales|sales value|value|sale dollars|turnover|сума|"
        "стоимость с ндс|сумма без ндс|расход сумм|расход сумма|объем продаж|объем продаж руб|net amount|"
        "line total|товарооборот|сумма отгрузки|оборот|выручка руб|стоимость продажи|продажи сумма|"
        "реализация руб|реализация сумма|sales amount|отгружено руб|сумма документа"
    ),
    "currency": "валюта|currency|curr",
    "customer_code": (
        "код клиента|код контрагента|код покупателя|customerid|customer id|customer code|customer no|"
        "client id|store number|store id|household id|id клиента|client code|код тт|код торговой точки|"
        "код точки"
    ),
    "customer_name": (
        "клиент|контрагент|покупатель|наименование клиента|наименование контрагента|customer|customer name|"
        "client|client name|buyer|получатель|грузополучатель|торговая точка|store|store name|"
        "наименование покупателя|тт|юрлицо|дилер|dealer|заказчик|название клиента|outlet|retailer|"
        "точка продаж|магазин покупателя|партнер|наименование тт|сеть|юридическое лицо|shop name"
    ),
    "customer_inn": (
        "инн|инн клиента|инн контрагента|инн покупателя|инн кпп|inn|tax id|taxid|vat number|tin|бин|иин|"
        "едрпоу|инн получателя|бин иин"
    ),
    "customer_address": (
        "адрес|адрес доставки|адрес клиента|адрес покупателя|адрес торговой точки|адрес тт|address|"
        "delivery address|адрес магазина|ship to address|адрес точки|фактический адрес|адреса|store location|"
        "местоположение"
    ),
    "customer_region": (
        "регион|город|область|region|city|town|country|county|страна|территория|населенный пункт|"
        "область город|край|state|субъект рф|регион клиента|федеральный округ|місто|zip code|zip|индекс"
    ),
    "document_number": (
        "документ|номер документа|накладная|номер накладной|номер|реализация|номер реализации|регистратор|"
        "чек|номер чека|invoice|invoice no|invoiceno|invoice number|document|document number|doc no|"
        "order number|receipt|номер заказа|заказ|документ продажи|документ реализации|invoice item number|"
        "basket id|тн|ттн|расходная накладная|№ документа|№ накладной|№ реализации|документ отгрузки|order|"
        "№ док|номер док|n док|n накладной|счет фактура|упд"
    ),
    "operation": (
        "операция|вид операции|тип операции|тип документа|вид документа|тип|operation|transaction type|type|"
        "вид движения|хозяйственная операция"
    ),
    "outlet": (
        "склад|склад отгрузки|филиал|подразделение|магазин|warehouse|branch|site|склад отправитель|сектор|"
        "организация|обособленное подразделение|точка отгрузки|depot|location"
    ),
    "stock": (
        "остаток|остатки|в наличии|наличие|доступно|свободный остаток|кон ост кол|нач ост кол|залишок|"
        "вільний залишок|наявність|в наявності|запаси|запас|stock|balance|on hand|available|конечный остаток|"
        "начальный остаток|остаток на конец|остаток на начало|резерв|в резерве|отгружается|остаток шт|"
        "кон ост сумм|нач ост сумм|reserve|ожидается|остаток на складе|остаток кол во"
    ),
    "received": (
        "приход|приход кол|приход сумм|поступление|поступило|received|receipts|закуплено|приход количество|"
        "закупка"
    ),
    "cost": (
        "себестоимость|с с|себест|закупочная цена|цена закупки|cost|state bottle cost|закуп|цена закуп|"
        "входная цена|cost price|себестоимость без ндс|purchase price"
    ),
    "profit": "прибыль|валовая прибыль|маржа|наценка|рентабельность|margin|profit|gross profit|маржинальность",
    "vat": "ндс|сумма ндс|ставка ндс|vat|пдв|tax|% ндс|ндс %|в т ч ндс",
    "discount": (
        "скидка|сумма скидки|% скидки|discount|скидка %|сумма без скидки|знижка|coupon disc|retail disc|"
        "coupon match disc"
    ),
    "weight": "вес|вес кг|масса|weight|вес нетто|вес брутто|тоннаж|вага|вес т|масса кг",
    "volume": (
        "объем|объем л|объем л дм3|объем м3|объем дм3|литры|литраж|volume|volume sold liters|"
        "volume sold gallons|bottle volume ml|литры продано|м3|дал"
    ),
    "power": "мощность|мощность вт|power",
    "line_number": "№|№ п п|n п п|п п|no|номер строки|row|index|#|номер п п|№ строки|npp|line",
    "category": (
        "группа|категория|товарная группа|category|category name|group|номенклатурная группа|"
        "вид номенклатуры|группа товаров|субкатегория|department|папка|product category|товарная категория|"
        "сегмент|вид товара|линейка|серия"
    ),
    "manager": "менеджер|ответственный|торговый представитель|manager|sales rep|тп|агент|автор|супервайзер",
    "not_used": (
        "код тнвэд|тн вэд|гтд|комментарий|примечание|comment|примечания|цвет|длина|ширина|высота|"
        "срок годности|дата рождения|pack|вид цены|фото|ссылка|поставщик|канал|размер|base|"
        "использовать упаковки|vendor number|category number|category|county number|фильтр|fun|"
        "сколько позиций|package size|week|manufacturer id|срок оплаты|дата оплаты|дата доставки|"
        "дата поставки|телефон"
    ),
}  # fmt: skip

_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_NOT_WORD = re.compile(r"[^0-9a-zа-яіїєґқғңүұһәө№%#]+")
_NOISE_WORDS = "в с по за на и от the of in шт руб rub тг kzt грн usd eur вал упр"
_NOISE = frozenset(_NOISE_WORDS.split())


@lru_cache(maxsize=4096)
def fold_header(told: str) -> str:
    """A header as compared: lower case words, «ё» as «е», marks as blanks («Кол-во, шт.» → «кол во шт»)."""
    return " ".join(_NOT_WORD.sub(" ", _CAMEL.sub(" ", told).lower().replace("ё", "е")).split())


def _phrases() -> dict[str, str]:
    table: dict[str, str] = {}
    for kind, told in _WORDS.items():
        for phrase in told.split("|"):
            table.setdefault(fold_header(phrase), kind)
            table.setdefault(phrase, kind)
    return table


PHRASES = _phrases()
# Words that are a kind only when they are the whole header: «Тип» but not «Тип монтажа».
_ONLY_WHOLE = frozenset((("тип",), ("type",), ("сеть",), ("расход",), ("order",), ("заказ",), ("day",), ("state",)))
# Words that give way to a plainer one beside them, or say too little alone to be taken without asking.
_WEAK = {
    **dict.fromkeys(("производитель", "изготовитель", "manufacturer", "vendor", "vendor name", "manufacture"), 0.9),
    **dict.fromkeys(("тип", "type", "value"), 0.45),
}
_LONG = [phrase for phrase in PHRASES if len(phrase) >= 5 and phrase not in _WEAK]
_BY_WORDS = sorted(
    ((tuple(phrase.split()), kind) for phrase, kind in PHRASES.items() if len(phrase) > 2),
    key=lambda pair: -len(pair[0]),
)


@lru_cache(maxsize=20_000)
def kinds_of(header: str) -> tuple[tuple[str, float, str], ...]:
    """(kind, score, the phrase it rests on) for a header's text, best first. 1.0 the phrase itself, below it a phrase
    within the header or a misspelt one."""
    folded = fold_header(header)
    if not folded or len(folded) > 120:
        return ()
    found: dict[str, tuple[float, str]] = {}

    def add(kind: str, score: float, phrase: str) -> None:
        if score > found.get(kind, (0.0, ""))[0]:
            found[kind] = (score, phrase)

    if folded in PHRASES:
        add(PHRASES[folded], _WEAK.get(folded, 1.0), folded)
    joined = folded.replace(" ", "")
    if joined in PHRASES and joined not in _WEAK:
        add(PHRASES[joined], 0.98, joined)
    words = tuple(folded.split())
    bare = tuple(word for word in words if word not in _NOISE)
    if " ".join(bare) in PHRASES and " ".join(bare) not in _WEAK:
        add(PHRASES[" ".join(bare)], 0.96, " ".join(bare))
    for phrase, kind in _BY_WORDS:
        if phrase in _ONLY_WHOLE:
            continue
        if len(phrase) < len(words) and (at := _within(phrase, words)) is not None:
            covered = sum(map(len, phrase)) / max(sum(map(len, bare)), 1)
            add(kind, min(0.9, 0.45 + 0.4 * min(covered, 1.0) + (0.05 if at == 0 else 0.0)), " ".join(phrase))
    if not any(score >= 0.9 for score, _ in found.values()):
        for phrase_text, score, _ in process.extract(folded, _LONG, scorer=fuzz.ratio, score_cutoff=82, limit=3):
            add(PHRASES[phrase_text], 0.9 * score / 100, phrase_text)
    return tuple(sorted(((kind, score, why) for kind, (score, why) in found.items()), key=lambda row: -row[1]))


def _within(phrase: tuple[str, ...], words: tuple[str, ...]) -> int | None:
    for at in range(len(words) - len(phrase) + 1):
        if words[at : at + len(phrase)] == phrase:
            return at
    return None


_TOTAL_STARTS = frozenset(" иИоОвВрРуУбБжЖgGsStT")
_TOTAL = re.compile(
    r"итого\b.*|(общий )?итог\b[\s:]*|(всего|разом|усього|барлығы|жиыны)\b(\s*$|\s*:|\s+(по|за|на|с)\b).*|"
    r"(grand |sub)?-?total(s)?(\s*$|\s*:|\s+(for|by|of)\b).*",
    re.IGNORECASE,
)


def is_total(told: str) -> bool:
    """Whether a row that begins with `told` sums the rows around it («Итого», «Итого по складу», «Всего:»); a product
    called «Total Quartz 9000» does not."""
    return told[:1] in _TOTAL_STARTS and bool(_TOTAL.fullmatch(told.strip()))


_UNIT_WORDS = (
    "шт штук штука упак уп упаковка упк кор короб коробка пач пачка компл комплект кг г гр т л мл м м2 м3 пм пог "
    "бут бутылка пара пар рул рулон лист набор ящ ящик блок бан банка меш мешок тн pcs pc piece each ea box pack kg "
    "l m set case ct btl bottle"
)
_UNITS = frozenset(_UNIT_WORDS.split())


def is_unit(told: str) -> bool:
    """Whether a cell names a unit of measure."""
    return fold_header(told).replace(" ", "") in _UNITS
