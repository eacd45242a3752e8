from __future__ import annotations

import io

from matcher.command.unknown_words import unknown_words
from matcher.tables import read_projects


def notes(*genres: str, languages: str = "") -> list[tuple[str, object]]:
    table = "".join(f"{row},{genre},{languages}\n" for row, genre in enumerate(genres))
    read = read_projects(io.StringIO(f"id,genres,languages\n{table}")).notes
    return [("folder/films.csv", note) for note in read]


def test_a_few_unknown_words_are_told_one_by_one() -> None:
    assert unknown_words(notes("трилер", "zzz")) == [
        "  * films.csv, row 2, column genres: “трилер” is no known term and is kept as text; the",
        "    nearest known: “Триллер/криминал” (Thriller/crime).",
        "  * films.csv, row 3, column genres: “zzz” is no known term and is kept as text.",
    ]


def test_many_unknown_words_are_gathered_by_column_with_all_their_rows() -> None:
    many = notes(*["zzz"] * 7, "трилер", "трилер", languages="en:fluent")
    lines = unknown_words(many)
    assert lines[0].startswith("  * films.csv, row 2, column languages: the level “fluent”")
    at = lines.index("  * films.csv, column genres:")
    assert lines[at + 1 :] == [
        "      - “zzz”, rows 2, 3, 4, 5, 6 and 2 more",
        "      - “трилер”, rows 9, 10; near: “Триллер/криминал” (Thriller/crime)",
    ]


def test_of_very_many_the_rest_is_counted() -> None:
    lines = unknown_words(notes(*(f"qqq{n}xxx" for n in range(30))))
    assert len(lines) == 10
    assert lines[-1] == "      - and 22 more, which --json lists"
