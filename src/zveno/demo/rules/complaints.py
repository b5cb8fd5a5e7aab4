"""What is claimed in the demo world, in which words, and how far each claim has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """A claim to be: after how many days, of which share of a line, how it goes on.

    `course` names the deeds that follow, in order: take, ask, answer, decide, reject, half, dispute, finish, withdraw.
    """

    kind: str
    wish: str
    words: str
    course: tuple[str, ...] = ()
    days: int = 2
    share: float = 0.2
    photos: int = 0
    said: str = ""


COMPLAINTS = (
    Complaint("damage", "replace", "Коробка смята, изделия разбиты. Фото упаковки и акт приложены.", (), 1, 0.1, 2),
    Complaint("shortage", "deliver", "В коробке не хватает, пломба была цела.", ("take",), 2, 0.3, 1),
    Complaint("wrong_goods", "replace", "На этикетке наш артикул, внутри другой цвет.",
              ("take", "ask"), 3, 0.5, 1, "Пришлите, пожалуйста, фото этикетки крупно."),
    Complaint("defect", "repair", "После недели работы мигает и гаснет.",
              ("take", "ask", "answer"), 9, 0.05, 1, "С каким выключателем подключали?"),
    Complaint("damage", "discount", "Царапины на корпусе, продать можно только с уценкой.",
              ("take", "half"), 4, 0.2, 2, "Даём скидку на повреждённые, остальные без замечаний."),
    Complaint("shortage", "refund", "Недовезли одну упаковку.", ("decide", "finish"), 2, 0.15, 0,
              "Корректировочный счёт-фактура отправлен."),
    Complaint("return", "refund", "Клиент отказался, упаковка целая.", ("take", "reject"), 10, 0.4, 0,
              "Товар под заказ: возврат по договору не принимаем."),
    Complaint("surplus", "take_back", "Приехало на упаковку больше, чем в накладной.", ("take", "decide"), 2, 0.1),
    Complaint("damage", "refund", "Подмочено при перевозке.", ("take", "reject", "dispute"), 5, 0.25, 2,
              "Перевозчик расписался без замечаний."),
    Complaint("shortage", "deliver", "Пересчитали ещё раз: всё на месте.", ("withdraw",), 1, 0.1),
    Complaint("defect", "replace", "Не включается из коробки.", ("decide", "finish"), 12, 0.08, 1, "Замена отгружена."),
)  # fmt: skip
# One more, of papers, has no lines.
PAPERS = Complaint("papers", "correct_papers", "В УПД старый адрес грузополучателя.", ("take",), 3, 0)
