"""One cell: what it says, and that it says it again when written."""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import MatcherError
from matcher.files.cells import (
    MOST,
    CellPlace,
    guarded,
    plain,
    read_demand,
    read_id,
    read_list,
    read_number,
    read_team,
    read_windows,
    written_demand,
    written_list,
    written_number,
    written_team,
    written_windows,
)
from matcher.files.term_cells import (
    read_languages,
    read_terms,
    read_ticks,
    written_languages,
    written_terms,
)
from matcher.profiles import Demand, LanguageSkill, TeamMember, Term, Window

AT = CellPlace("p.csv", 7, "cell")


def refusal(read, cell: str) -> MatcherError:
    with pytest.raises(MatcherError) as caught:
        read(cell, AT)
    error = caught.value
    assert str(error).startswith("“p.csv”, row 7, column cell: ")
    return error


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  A film \n", "A film"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("'=1+1", "=1+1"),
        ("'-5", "-5"),
        ("'@you", "@you"),
        ("'+996", "+996"),
        ("''=1", "'=1"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("=1+1", "=1+1"),
        ("", ""),
    ],
)
def test_exactly_one_guard_is_taken_off(cell: str, text: str) -> None:
    assert plain(cell) == text


@pytest.mark.parametrize("text", ["=1+1", "+996", "-5", "@you", "'=1", "''+", "\t=1", " =1"])
def test_what_a_spreadsheet_would_work_out_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@given(st.text(alphabet="'=+-@ab \n"))
def test_a_guarded_text_reads_as_itself(text: str) -> None:
    assert plain(guarded(text.strip())) == text.strip()


def test_an_id_is_trimmed_composed_and_otherwise_left_alone() -> None:
    assert read_id("  007 ") == "007"
    assert read_id("Ab") != read_id("ab")
    assert read_id(unicodedata.normalize("NFD", "Й-1")) == "Й-1"
    assert read_id("'-1") == "-1"


def test_a_list_is_parted_by_semicolons_only() -> None:
    assert read_list(" a, b; c/d ;; e ") == ["a, b", "c/d", "e"]
    assert read_list(" ; ") == []
    assert written_list(["a;b", " ", "c"]) == "a,b; c"


@pytest.mark.parametrize(
    ("cell", "number"),
    [("", None), (" 0 ", 0), ("007", 7), ("2.0", 2), ("2,0", 2), ("\uff13", 3), (str(MOST), MOST)],
)
def test_numbers(cell: str, number: int | None) -> None:
    assert read_number(cell, AT) == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("-1", "number_negative"),
        ("'-1", "number_negative"),
        ("−2", "number_negative"),
        ("2.5", "number_decimal"),
        ("0,5", "number_decimal"),
        (".5", "number_decimal"),
        ("two", "number_unreadable"),
        ("1_000", "number_unreadable"),
        ("1e3", "number_unreadable"),
        ("2-3", "number_unreadable"),
        ("nan", "number_unreadable"),
        ("1000001", "number_too_large"),
        ("9" * 5000, "number_too_large"),
    ],
)
def test_a_number_is_whole_and_not_below_zero(cell: str, code: str) -> None:
    assert refusal(read_number, cell).code == code


def test_leading_zeros_without_end_are_still_a_number() -> None:
    assert read_number("0" * 10_000 + "4", AT) == 4


@pytest.mark.parametrize(
    ("cell", "demand"),
    [
        ("", None),
        ("2", Demand(2, 2)),
        ("0", Demand(0, 0)),
        ("2-3", Demand(2, 3)),
        (" 2 – 3 ", Demand(2, 3)),
        ("2—3", Demand(2, 3)),
        ("'2-3", Demand(2, 3)),
    ],
)
def test_demand(cell: str, demand: Demand | None) -> None:
    assert read_demand(cell, AT) == demand


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("3-2", "demand_reversed"),
        ("-2", "number_negative"),
        ("1.5", "number_decimal"),
        ("2-", "demand_unreadable"),
        ("many", "demand_unreadable"),
        ("02.03", "demand_is_date"),
        ("2-Mar", "demand_is_date"),
        ("02.мар", "demand_is_date"),
        ("Feb-03", "demand_is_date"),
        ("2026-02-03", "demand_is_date"),
        ("1-99999999", "number_too_large"),
    ],
)
def test_demand_refused(cell: str, code: str) -> None:
    assert refusal(read_demand, cell).code == code


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_a_written_demand_reads_the_same(a: int, b: int) -> None:
    demand = Demand(min(a, b), max(a, b))
    assert read_demand(written_demand(demand), AT) == demand


def test_windows() -> None:
    cell = "2026-07-01T10:00+06:00/2026-07-01T13:00+06:00; 2026-07-02T10:00Z/2026-07-02T11:00Z;"
    camp = timezone(timedelta(hours=6))
    assert read_windows(cell, AT) == (
        Window(datetime(2026, 7, 1, 10, tzinfo=camp), datetime(2026, 7, 1, 13, tzinfo=camp)),
        Window(datetime(2026, 7, 2, 10, tzinfo=UTC), datetime(2026, 7, 2, 11, tzinfo=UTC)),
    )
    assert read_windows("", AT) == ()
    assert written_windows(read_windows(cell, AT)[:1]) == (
        "2026-07-01T10:00:00+06:00/2026-07-01T13:00:00+06:00"
    )


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("all week", "window_unreadable"),
        ("2026-07-01T10:00+06:00", "window_unreadable"),
        ("2026-13-01T10:00+06:00/2026-07-01T13:00+06:00", "window_unreadable"),
        ("2026-07-01T10:00/2026-07-01T13:00", "window_without_zone"),
        ("2026-07-01T10:00+06:00/2026-07-01T13:00", "window_without_zone"),
        ("2026-07-01T13:00+06:00/2026-07-01T10:00+06:00", "window_reversed"),
        ("2026-07-01T10:00+06:00/2026-07-01T10:00+06:00", "window_reversed"),
        ("2026-07-01T10:00+05:00/2026-07-01T11:00+06:00", "window_reversed"),
    ],
)
def test_windows_refused(cell: str, code: str) -> None:
    assert refusal(read_windows, cell).code == code


@pytest.mark.parametrize(
    ("entry", "member"),
    [
        ("Aida (director)", TeamMember("Aida", "director")),
        ("Aida", TeamMember("Aida")),
        ("Aida (Aya) Kim (director)", TeamMember("Aida (Aya) Kim", "director")),
        ("Aida (director (second film))", TeamMember("Aida", "director (second film)")),
        ("Aida ()", TeamMember("Aida")),
        ("(director)", TeamMember("(director)")),
        ("Aida) ", TeamMember("Aida)")),
        ("Aida (director", TeamMember("Aida (director")),
    ],
)
def test_team(entry: str, member: TeamMember) -> None:
    assert read_team(entry) == (member,)
    assert read_team(written_team([member])) == (member,)


@pytest.mark.parametrize("value", [0.1, -2.5, 1e15, 1e-9, 1 / 3, 0.0, 12.0, 1.7976931348623157e308])
def test_a_written_number_reads_the_same(value: float) -> None:
    assert float(written_number(value)) == value


def test_terms_keep_the_words_and_note_what_is_unknown() -> None:
    terms, notes = read_terms("Монтаж; EDITING; sound & music; my fears", ("need",), AT)
    assert terms == (
        Term("Монтаж", "need.editing"),
        Term("sound & music", "need.sound-music"),
        Term("my fears"),
    )
    assert [(note.code, note.row, note.column, dict(note.params)) for note in notes] == [
        ("note_term_unknown", 7, "cell", {"text": "my fears"})
    ]


def test_an_id_is_shown_as_its_label() -> None:
    terms, _ = read_terms("need.legal-rights; legal-rights", ("need",), AT)
    assert terms == (Term("Legal, rights & clearances", "need.legal-rights"),)


def test_a_note_names_the_nearest_terms_in_a_sentence() -> None:
    _, notes = read_terms("editting", ("need",), AT)
    assert str(notes[0]) == (
        "row 7, column cell: “editting” is no known term and is kept as text; the nearest known: "
        "“Editing & rough cut”, “Story & script”, “Directing actors”."
    )


@pytest.mark.parametrize(
    ("typed", "kinds", "said"),
    [
        ("трилер", ("genre",), "“Триллер/криминал” (Thriller/crime)"),
        ("Kirgistan", ("country",), "“Kyrgyzstan”"),
        ("режисер монтажа", ("need", "craft"), "“Режиссёр монтажа” (Editor)"),
    ],
)
def test_the_nearest_terms_are_in_the_language_typed_and_in_english(
    typed: str, kinds: tuple[Any, ...], said: str
) -> None:
    _, notes = read_terms(typed, kinds, AT)
    assert str(notes[0]).partition("the nearest known: ")[2].startswith(said)


def test_unknown_terms_typed_without_special_letters_are_one() -> None:
    assert Term("Менің қорқыныштарым").key == Term("менин коркыныштарым").key
    assert Term("!!").key != Term("??").key
    terms, notes = read_terms("Менің қорқыныштарым; менин коркыныштарым", ("need",), AT)
    assert (len(terms), len(notes)) == (1, 1)


@pytest.mark.parametrize("cell", ["en:B2+", "en (B2+)", "English B2+", "английский - B2+"])
def test_a_level_and_a_bit_is_that_level(cell: str) -> None:
    assert read_languages(cell, AT) == ((LanguageSkill("en", "B2"),), ())


@pytest.mark.parametrize("cell", ["\u200bp1", " p1\u200e ", "\ufeffp1", "p1\u2060\xa0"])
def test_marks_that_nobody_sees_are_no_part_of_an_id(cell: str) -> None:
    assert read_id(cell) == "p1"


def test_terms_joined_by_commas_stay_one_text_with_a_note() -> None:
    cell = "Editing & rough cut, Legal, rights & clearances"
    terms, notes = read_terms(cell, ("need",), AT)
    assert terms == (Term(cell),)
    assert notes[0].code == "note_term_commas"
    assert notes[0].params["nearest"] == ("Editing & rough cut", "Legal, rights & clearances")


def test_ticks_take_the_longest_known_label_first() -> None:
    cell = "Producing, budget & schedule, Legal, rights & clearances, my own wish, Career"
    terms, notes = read_ticks(cell, ("need",), AT)
    assert terms == (
        Term("Producing, budget & schedule", "need.producing"),
        Term("Legal, rights & clearances", "need.legal-rights"),
        Term("my own wish"),
        Term("Career", "need.career"),
    )
    assert [note.params["text"] for note in notes] == ["my own wish"]


def test_expertise_may_name_a_craft() -> None:
    terms, notes = read_terms("монтаж; режиссёр монтажа", ("need", "craft"), AT)
    assert [term.concept for term in terms] == ["need.editing", "craft.editor"]
    assert notes == ()


def test_a_term_whose_words_do_not_say_its_concept_is_written_as_its_id() -> None:
    terms = (Term("Our own word", "need.ethics"), Term("Career", "need.career"), Term("x; y"))
    assert written_terms(terms, ("need",)) == "need.ethics; Career; x, y"


@pytest.mark.parametrize(
    ("cell", "skill"),
    [
        ("ru:C1", LanguageSkill("ru", "C1")),
        ("ky:native", LanguageSkill("ky", "native")),
        ("en (B2)", LanguageSkill("en", "B2")),
        ("en b2", LanguageSkill("en", "B2")),
        ("English - B2", LanguageSkill("en", "B2")),
        ("Русский: родной", LanguageSkill("ru", "native")),
        ("казак тили: ана тілі", LanguageSkill("kk", "native")),
        ("en:В2", LanguageSkill("en", "B2")),
        ("тоҷикӣ", LanguageSkill("tg")),
        ("Sakha (Yakut)", LanguageSkill("sah")),
        ("Chinese (Mandarin): A2", LanguageSkill("zh", "A2")),
        ("lang.ky", LanguageSkill("ky")),
    ],
)
def test_languages_with_and_without_level(cell: str, skill: LanguageSkill) -> None:
    assert read_languages(cell, AT) == ((skill,), ())


def test_unknown_languages_and_levels_are_noted() -> None:
    skills, notes = read_languages("Qwzx:C1; en:fluent; ru; ru:B1; ru:C2", AT)
    assert skills == (
        LanguageSkill("Qwzx", "C1"),
        LanguageSkill("en"),
        LanguageSkill("ru", "B1"),
    )
    assert [note.code for note in notes] == ["note_term_unknown", "note_level_unknown"]
    assert read_languages(written_languages(skills), AT)[0] == skills
