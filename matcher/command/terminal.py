"""Text laid out for a terminal: columns that line up in any script, lines that fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

PAGE_WIDTH = 92


def clean(text: str) -> str:
    """Give people's words on one line, without anything that would steer a terminal.

    >>> clean("two\\nlines\\x1b[31m")
    'two lines [31m'
    """
    # Cc: escapes and line ends. Cf: direction overrides. Cs cannot be written at all.
    instead = {"Cc": " ", "Cf": "", "Cs": "?"}
    shown = "".join(instead.get(unicodedata.category(letter), letter) for letter in text)
    return " ".join(shown.split())


def width(text: str) -> int:
    """Give the columns a text takes: wide letters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def clip(text: str, most: int) -> str:
    """Give the text in at most so many columns, "..." marking what is left out."""
    if width(text) <= most:
        return text
    kept, room = "", most - 3
    for letter in text:
        room -= width(letter)
        if room < 0:
            break
        kept += letter
    return kept.rstrip() + "..."


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Give the text with blanks up to a width."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, indent: int, *, first: str = "") -> list[str]:
    """Give the text in lines that fit the page, ``first`` standing before the first one."""
    lines, line = [], pad(first, indent)
    empty = True
    for word in text.split():
        if not empty and width(line) + 1 + width(word) > PAGE_WIDTH:
            lines.append(line)
            line, empty = " " * indent, True
        line += clip(word, PAGE_WIDTH - indent) if empty else " " + word
        empty = False
    return [*lines, line.rstrip()]


def columns(rows: Sequence[Sequence[str]], *, indent: int = 2, numbers: Iterable[int] = ()) -> str:
    """Give rows as aligned columns; ``numbers`` are the columns set to the right."""
    if not rows:
        return ""
    right = set(numbers)
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join(pad(cell, widths[i], right=i in right) for i, cell in enumerate(row)).rstrip()
        for row in rows
    )
    return "\n".join(" " * indent + line for line in lines)
