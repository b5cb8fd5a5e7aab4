"""Files of our own making, in the shapes exporters use, and short ways to read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from zveno.exchange.rules.messages import Doubt, Message
from zveno.plugins.erp.commerceml.codec import Dictionaries, read_messages


@dataclass(frozen=True)
class Told:
    """What a file told."""

    messages: list[Message]

    def of(self, kind: type) -> list:
        return [message for message in self.messages if isinstance(message, kind)]

    def only(self, kind: type) -> object:
        (message,) = self.of(kind)
        return message

    @property
    def doubts(self) -> Counter[str]:
        return Counter(message.code for message in self.of(Doubt))


class Samples:
    """Builders of small files."""

    head = '<?xml version="1.0" encoding="UTF-8"?>\n'

    def commerceml(self, inside: str, *, attributes: str = 'ВерсияСхемы="2.08"') -> bytes:
        return f"{self.head}<КоммерческаяИнформация {attributes}>\n{inside}\n</КоммерческаяИнформация>".encode()

    def catalog(self, inside: str) -> bytes:
        return self.commerceml(f"<Каталог><Ид>к</Ид><Товары>{inside}</Товары></Каталог>")

    def offers(self, inside: str) -> bytes:
        return self.commerceml(
            "<ПакетПредложений><Ид>к#</Ид><ИдКаталога>к</ИдКаталога>"
            f"<Предложения>{inside}</Предложения></ПакетПредложений>"
        )


@pytest.fixture(scope="session")
def samples() -> Samples:
    return Samples()


@pytest.fixture(scope="session")
def read() -> Callable[..., Told]:
    def _read(source: bytes, dictionaries: Dictionaries | None = None) -> Told:
        return Told(list(read_messages(source, dictionaries=dictionaries, name="файл.xml")))

    return _read
