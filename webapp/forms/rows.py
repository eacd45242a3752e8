"""Parts that forms of both sides share: languages, choices, lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import lazy_gettext as _
from wtforms import Field, Form, SelectChoice, SelectField

Choices = Sequence[tuple[str, str]]


class LanguageRow(Form):
    """One language and how well somebody speaks it."""

    code = SelectField(_("Language"), choices=[SelectChoice("", "—")], validate_choice=False)
    level = SelectField(_("How well"), choices=[SelectChoice("", "—")], validate_choice=False)


def offer(field: Field, choices: Choices, *, blank: str | None = None) -> None:
    """Give a select or a row of ticks its choices.

    What is already chosen stays choosable: somebody's own words, or a term
    that is no longer offered.
    """
    data = field.data if isinstance(field.data, list) else [field.data]
    known = {value for value, _label in choices}
    own = [(value, value) for value in data if value and value not in known]
    field.choices = [*([("", blank)] if blank is not None else []), *choices, *own]


def offer_languages(rows: Iterable[Field], languages: Choices, levels: Choices) -> None:
    """Give each row of languages its two lists."""
    for row in rows:
        offer(row.form.code, languages, blank="—")
        row.form.level.choices = list(levels)


def languages_of(
    rows: Iterable[Mapping[str, str | None]], other: str | None
) -> list[dict[str, str | None]]:
    """Give the languages that were chosen, then one that was typed."""
    chosen = [{"code": row["code"], "level": row["level"] or None} for row in rows if row["code"]]
    return [*chosen, {"code": other, "level": None}] if (other or "").strip() else chosen


def padded(
    rows: Sequence[Mapping[str, object]], least: int, most: int
) -> list[Mapping[str, object]]:
    """Give rows with at least one blank one at their end, where there is room."""
    n_rows = min(max(least, len(rows) + 1), most)
    return [*rows, *({} for _each in range(n_rows - len(rows)))]


def lines_of(text: str | None) -> list[str]:
    """Give the lines of a text box that say something."""
    return [line for line in (text or "").splitlines() if line.strip()]
