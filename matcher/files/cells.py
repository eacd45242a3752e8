"""What one cell of a table says, and how to write it so that it says it again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from matcher.errors import MatcherError, Note, Parameter
from matcher.profiles import Demand, TeamMember, Window

MOST = 1_000_000

# A spreadsheet works out a cell that begins with one of these. Whoever writes
# the table puts an apostrophe before it; whoever reads takes one away.
_GUARDED = re.compile(r"'+[=+\-@]")
_TO_GUARD = re.compile(r"\s*'*[=+\-@]")
# Zero-width blanks, direction marks and byte order marks, beside every blank.
_UNSEEN = "\u200b\u200e\u200f\u2060\ufeff \t\n\r\f\v\xa0"
_WHOLE = re.compile(r"\d+(?:[.,]0+)?")
_NEGATIVE = re.compile(r"[-−–]\s*\d+(?:[.,]\d+)?")
_DECIMAL = re.compile(r"\d*[.,]\d+")
_RANGE = re.compile(r"(\d+)\s*[-‐‑‒–—−]\s*(\d+)")
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[./-]\d{2}"
    r"|\d{1,2}[\s.-]*[^\W\d]{3,}\.?|[^\W\d]{3,}\.?[\s.-]*\d{1,4}"
)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands: what an error or a note about it names."""

    file: str
    row: int
    column: str

    def error(self, code: str, **params: Parameter) -> MatcherError:
        """Give the error that names this cell."""
        return MatcherError(code, file=self.file, row=self.row, column=self.column, **params)

    def note(self, code: str, **params: Parameter) -> Note:
        """Give the note that names this cell."""
        return Note(code, self.row, self.column, params)


def plain(cell: str) -> str:
    """Give a cell's text: trimmed, line ends alike, the formula guard taken off."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text[1:] if _GUARDED.match(text) else text


def guarded(text: str) -> str:
    """Give the cell for a text, harmless when a spreadsheet opens it.

    >>> guarded("=1+1"), guarded("A film"), plain(guarded("'-x")) == "'-x"
    ("'=1+1", 'A film', True)
    """
    cell = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return f"'{cell}" if _TO_GUARD.match(cell) else cell


def read_id(cell: str) -> str:
    """Give the id in a cell: trimmed, composed letters, leading zeros kept.

    Marks that nobody sees are trimmed too: they are pasted along with an id.
    """
    return unicodedata.normalize("NFC", plain(cell).strip(_UNSEEN))


def read_list(cell: str) -> list[str]:
    """Give a cell's entries: parted by ``;`` and by nothing else."""
    return [entry.strip() for entry in plain(cell).split(";") if entry.strip()]


def written_list(entries: Iterable[str]) -> str:
    """Give the cell that holds these entries; a ``;`` within one becomes a comma."""
    return guarded("; ".join(entry.strip().replace(";", ",") for entry in entries if entry.strip()))


def read_number(cell: str, at: CellPlace) -> int | None:
    """Give the whole number in a cell, or None when it is empty.

    Raises
    ------
    MatcherError
        When it is negative, a fraction, no number, or above a million.
    """
    text = _digits(cell)
    if not text:
        return None
    if _WHOLE.fullmatch(text):
        return _bounded(re.split("[.,]", text)[0], at)
    if _NEGATIVE.fullmatch(text):
        raise at.error("number_negative", text=text)
    if _DECIMAL.fullmatch(text):
        raise at.error("number_decimal", text=text)
    raise at.error("number_unreadable", text=_short(text))


def _digits(cell: str) -> str:
    """Give a number's cell without the apostrophe that kept it from becoming a date."""
    return unicodedata.normalize("NFKC", plain(cell)).removeprefix("'")


def _bounded(digits: str, at: CellPlace) -> int:
    significant = digits.lstrip("0") or "0"
    if len(significant) > len(str(MOST)) or int(significant) > MOST:
        raise at.error("number_too_large", text=_short(digits), most=MOST)
    return int(significant)


def read_demand(cell: str, at: CellPlace) -> Demand | None:
    """Give how many mentors a cell asks for: ``2`` or ``2-3``; None when empty.

    Raises
    ------
    MatcherError
        When it is neither a whole number nor a range from small to large.
    """
    text = _digits(cell)
    numbers = _RANGE.fullmatch(text)
    if numbers:
        low, high = (_bounded(each, at) for each in numbers.groups())
        if low > high:
            raise at.error("demand_reversed", low=low, high=high)
        return Demand(low, high)
    if _DATE.fullmatch(text) and not _WHOLE.fullmatch(text):
        raise at.error("demand_is_date", text=_short(text))
    if text and not any(each.fullmatch(text) for each in (_WHOLE, _NEGATIVE, _DECIMAL)):
        raise at.error("demand_unreadable", text=_short(text))
    number = read_number(text, at)
    return None if number is None else Demand(number, number)


def written_demand(demand: Demand | None) -> str:
    """Give the cell for a demand; a missing one leaves it empty."""
    if demand is None:
        return ""
    return f"{demand.low}" if demand.low == demand.high else f"{demand.low}-{demand.high}"


def read_windows(cell: str, at: CellPlace) -> tuple[Window, ...]:
    """Give the stretches of time in a cell: ``start/end; start/end``, with offsets.

    Raises
    ------
    MatcherError
        When one is no pair of times, lacks its offset, or ends before it begins.
    """
    return tuple(_window(entry, at) for entry in read_list(cell))


def _window(entry: str, at: CellPlace) -> Window:
    try:
        starts_at, ends_at = (datetime.fromisoformat(end.strip()) for end in entry.split("/"))
    except ValueError:
        raise at.error("window_unreadable", text=_short(entry)) from None
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise at.error("window_without_zone", text=_short(entry))
    if starts_at >= ends_at:
        raise at.error("window_reversed", text=_short(entry))
    return Window(starts_at, ends_at)


def written_windows(windows: Iterable[Window]) -> str:
    """Give the cell for stretches of time, each with its own offset."""
    return "; ".join(f"{each.starts_at.isoformat()}/{each.ends_at.isoformat()}" for each in windows)


def read_team(cell: str) -> tuple[TeamMember, ...]:
    """Give the people in a cell: ``Name (role); Name``."""
    return tuple(_team_member(entry) for entry in read_list(cell))


def _team_member(entry: str) -> TeamMember:
    """Part a name from the last brackets; brackets within a role stay in it."""
    depth = 0
    for at in range(len(entry) - 1, 0, -1):
        depth += {")": 1, "(": -1}.get(entry[at], 0)
        if depth == 0:
            if entry.endswith(")"):
                return TeamMember(entry[:at].strip(), entry[at + 1 : -1].strip())
            break
    return TeamMember(entry)


def written_team(team: Iterable[TeamMember]) -> str:
    """Give the cell for a film's team."""
    return written_list(
        f"{member.name} ({member.role})"
        if member.role or member.name.endswith(")")
        else member.name
        for member in team
    )


def _short(text: str) -> str:
    """Keep what an error quotes to a line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"


def written_number(value: float) -> str:
    """Give the shortest digits that read as the same number again."""
    return repr(float(value)).removesuffix(".0")
