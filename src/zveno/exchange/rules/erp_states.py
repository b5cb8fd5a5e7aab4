"""What an accounting system's words and flags say of the state of an order."""

from __future__ import annotations

from zveno.exchange.rules.messages import OrderMessage
from zveno.kit.codes import fold_text
from zveno.orders.rules.states import OrderState

# Beginnings of the words that stock configurations (УТ 10.3, УТ 11, КА, ERP, УНФ, УПП) and shops use.
_WORDS: tuple[tuple[str, OrderState], ...] = (
    ("отмен", OrderState.CANCELLED),
    ("аннулир", OrderState.CANCELLED),
    ("отклон", OrderState.REJECTED),
    ("отказ", OrderState.REJECTED),
    ("не согласован", OrderState.ATTENTION),
    ("на согласован", OrderState.ATTENTION),
    ("ожидается согласован", OrderState.ATTENTION),
    ("частично отгруж", OrderState.PARTLY_SHIPPED),
    ("отгружен", OrderState.SHIPPED),
    ("доставлен", OrderState.COMPLETED),
    ("выполнен", OrderState.COMPLETED),
    ("завершен", OrderState.COMPLETED),
    ("закрыт", OrderState.COMPLETED),
    ("исполнен", OrderState.COMPLETED),
    ("в работе", OrderState.IN_WORK),
    ("в производств", OrderState.IN_WORK),
    ("собира", OrderState.IN_WORK),
    ("в процессе", OrderState.IN_WORK),
    ("к отгрузке", OrderState.IN_WORK),
    ("готов к", OrderState.IN_WORK),
    ("к выполнению", OrderState.IN_WORK),
    ("к обеспечению", OrderState.IN_WORK),
    ("в резерве", OrderState.CONFIRMED),
    ("согласован", OrderState.CONFIRMED),
    ("подтвержд", OrderState.CONFIRMED),
    ("принят", OrderState.CONFIRMED),
)
# The words we send ourselves: they come back when nobody over there changed them, and say nothing.
WORD_OF_STATE = {
    OrderState.PLACED: "Новый",
    OrderState.ATTENTION: "Ждёт решения",
    OrderState.CONFIRMED: "Подтверждён",
    OrderState.IN_WORK: "В работе",
    OrderState.PARTLY_SHIPPED: "Частично отгружен",
    OrderState.SHIPPED: "Отгружен",
    OrderState.COMPLETED: "Выполнен",
    OrderState.REJECTED: "Отклонён",
    OrderState.CANCELLED: "Отменён",
}


def state_told(message: OrderMessage, *, is_ours: bool) -> OrderState | None:
    """The state that `message` tells, `None` where it tells none.

    What was cancelled or marked for deletion is cancelled; then the word counts, then the flag of shipment. A document
    merely posted says no more than that it stands: for an order born over there that is confirmed, of ours no news.
    """
    if message.cancelled or message.deleted:
        return OrderState.CANCELLED
    word = fold_text(message.status)
    named = next((state for start, state in _WORDS if word.startswith(start)), None)
    if named is not None:
        return named
    if message.shipped:
        return OrderState.SHIPPED
    return None if is_ours else OrderState.CONFIRMED
