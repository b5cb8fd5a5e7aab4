"""What is kept of an order to be searched by: its numbers as one key, the words that nothing else leads to."""

from __future__ import annotations

import re

from zveno.kit.codes import fold_code, fold_text

WORD_LONGEST = 60
WORDS_MOST = 400
_WORD = re.compile(r"[0-9a-zа-я]+(?:[./-][0-9a-zа-я]+)*")


def number_key(*numbers: str) -> str:
    """Numbers as they are searched: capitals, look-alike letters in one alphabet, no dashes; apart by a blank."""
    return " ".join(folded for number in numbers if (folded := fold_code(number)))


def words_of(*texts: str) -> tuple[str, ...]:
    """The words of the texts, folded, each once; of a word with dashes or points its parts too."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(fold_text(text)):
            for part in (word, *re.split(r"[./-]", word)):
                if len(part) > 1 or part.isdigit():
                    found.setdefault(part[:WORD_LONGEST], None)
    return tuple(found)[:WORDS_MOST]
