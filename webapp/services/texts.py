"""What people type, made fit to store: the one place that cleans and measures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from webapp.errors import InvalidValue
from webapp.limits import TextLimit

_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}


def clean_text(value: str | None) -> str:
    """Give a text without NUL and control characters, lines kept.

    Marks that join emoji or turn the direction of writing stay: they belong
    to what the person wrote.
    """
    text = value or ""
    for end, line_feed in _LINE_ENDS.items():
        text = text.replace(end, line_feed)
    kept = (each for each in text if each in "\n\t" or unicodedata.category(each) not in _REFUSED)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


# Control characters and lone surrogates, which no database can store.
_REFUSED = frozenset({"Cc", "Cs"})


def clean_line(value: str | None) -> str:
    """Give a text on one line, blanks between words single."""
    return " ".join(clean_text(value).split())


def clean_lines(values: Iterable[str] | None) -> list[str]:
    """Give the lines that say something, each once, in their order."""
    lines = (clean_line(value) for value in values or ())
    return list(dict.fromkeys(line for line in lines if line))


def check_length(text: str, limit: int, field: str) -> str:
    """Give the text back, or say how long it is and how long it may be."""
    if len(text) > limit:
        raise InvalidValue("too_long", field=field, length=len(text), limit=limit)
    return text


def check_count(n_items: int, limit: int, field: str) -> None:
    """Refuse more entries than a field takes."""
    if n_items > limit:
        raise InvalidValue("too_many_entries", field=field, count=n_items, limit=limit)


def check_texts(
    values: Mapping[str, object], texts: Mapping[str, TextLimit], one_line: Iterable[str] = ()
) -> dict[str, str]:
    """Give the texts among ``values``, cleaned and within their limits."""
    lines = frozenset(one_line)
    checked: dict[str, str] = {}
    for field, limit in texts.items():
        if field not in values:
            continue
        value = values[field]
        text = value if isinstance(value, str) else ""
        cleaned = clean_line(text) if field in lines else clean_text(text)
        checked[field] = check_length(cleaned, limit.characters, field)
    return checked
