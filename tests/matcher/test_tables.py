"""Whole tables: profiles out of files, and every refusal in one clear sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from matcher.errors import SENTENCES, MatcherError
from matcher.profiles import Conflict, Demand, LanguageSkill, Load, Lock, Term
from matcher.tables import (
    read_conflicts,
    read_locks,
    read_mentors,
    read_projects,
    write_mentors,
    write_projects,
)


def table(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def refused(read, source, **options) -> MatcherError:
    with pytest.raises(MatcherError) as caught:
        read(source, **options)
    assert str(caught.value)
    return caught.value


@pytest.fixture
def saved(tmp_path: Path):
    def save(content: bytes, name: str = "p.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


def test_a_whole_project_is_read() -> None:
    project = read_projects(
        table(
            "id,title,logline,needs,form,genres,stage,languages,country,team,demand,email,reading\n"
            '007," Тау ","=not a formula","монтаж;питчинг",док,драма;crime,Rough-Cut,kk:native,'
            "Kazakhstan,Aida (director),2-3,a@example.org,script first\n"
        )
    ).profiles[0]
    assert (project.id, project.title, project.logline) == ("007", "Тау", "=not a formula")
    assert project.needs == (Term("монтаж", "need.editing"), Term("питчинг", "need.pitching"))
    assert project.needs_ordered
    assert project.forms == (Term("док", "form.documentary"),)
    assert [term.concept for term in project.genres] == ["genre.drama", "genre.thriller-crime"]
    assert project.stages == (Term("Rough-Cut", "stage.rough-cut"),)
    assert project.languages == (LanguageSkill("kk", "native"),)
    assert project.countries == (Term("Kazakhstan", "country.kz"),)
    assert project.demand == Demand(2, 3)
    assert (project.email, project.reading) == ("a@example.org", "script first")


def test_a_whole_mentor_is_read() -> None:
    mentor = read_mentors(
        table(
            "id,name,bio,offers,expertise,credits,forms,min_load,max_load,company\n"
            "m1,Tamta,Bio,editing,editor;script,A Film (2019); B Film,short;series,1,2,Plum\n"
        )
    ).profiles[0]
    assert (mentor.name, mentor.bio, mentor.company) == ("Tamta", "Bio", "Plum")
    assert [term.concept for term in mentor.expertise] == ["craft.editor", "need.story-script"]
    assert mentor.credits == ("A Film (2019)", "B Film")
    assert mentor.load == Load(1, 2)


def test_only_the_id_is_required_and_defaults_are_set() -> None:
    assert read_projects(table("id\na\n")).profiles[0].demand == Demand(1, 1)
    assert read_mentors(table("id\na\n")).profiles[0].load == Load(0, None)
    assert read_projects(table("id,title\n")).profiles == ()


def test_a_rows_own_number_wins_and_touched_rows_are_counted() -> None:
    projects = read_projects(table("id,demand\na,\nb,3\nc, \n"), demand=Demand(2, 4))
    assert [project.demand for project in projects.profiles] == [
        Demand(2, 4),
        Demand(3, 3),
        Demand(2, 4),
    ]
    assert projects.n_filled_demand == 2
    assert read_projects(table("id\na\n"), demand=Demand(0, 0)).n_filled_demand == 1
    assert read_projects(table("id\na\n")).n_filled_demand == 0

    mentors = read_mentors(
        table("id,min_load,max_load\na,,\nb,0,\nc,1,5\n"), min_load=2, max_load=3
    )
    assert [mentor.load for mentor in mentors.profiles] == [Load(2, 3), Load(0, 3), Load(1, 5)]
    assert (mentors.n_filled_min_load, mentors.n_filled_max_load) == (1, 2)


@pytest.mark.parametrize(
    ("cells", "options", "code", "column"),
    [
        ("3,2", {}, "load_reversed", "min_load"),
        (",2", {"min_load": 3}, "load_reversed_by_min", "min_load"),
        ("3,", {"max_load": 2}, "load_reversed_by_max", "max_load"),
        (",", {"min_load": 3, "max_load": 2}, "load_reversed_by_default", "min_load"),
    ],
)
def test_a_minimum_above_the_maximum(cells, options, code, column) -> None:
    error = refused(read_mentors, table(f"id,min_load,max_load\nm1,{cells}\n"), **options)
    assert (error.code, error.params["row"], error.params["column"]) == (code, 2, column)
    assert (error.params["low"], error.params["high"]) == (3, 2)


@pytest.mark.parametrize(
    "text", ["id,needs_unordered\na,\n", "id,needs_unordered\na,no\n", "id\na"]
)
def test_needs_are_in_order_of_importance(text: str) -> None:
    assert read_projects(table(text)).profiles[0].needs_ordered


@pytest.mark.parametrize(
    "row",
    [
        '"Career, Legal, rights & clearances",yes',
        '"Career, Legal, rights & clearances",ДА',
        ',"Career, Legal, rights & clearances"',
        "Career;legal-rights,1",
    ],
)
def test_needs_that_are_in_no_order(row: str) -> None:
    project = read_projects(table(f"id,needs,needs_unordered\na,{row}\n")).profiles[0]
    assert [need.concept for need in project.needs] == ["need.career", "need.legal-rights"]
    assert not project.needs_ordered


def test_unknown_terms_are_kept_and_named_with_their_row() -> None:
    found = read_projects(table("id,needs,genres\na,,\n\nb,editting;career,drama\n"))
    assert found.profiles[1].needs == (Term("editting"), Term("career", "need.career"))
    assert [(note.code, note.row, note.column) for note in found.notes] == [
        ("note_term_near", 4, "needs")
    ]


def test_extra_columns_are_kept_and_near_misses_named() -> None:
    found = read_projects(table("id,place,Title,genre\na,Ulan-Ude,X,drama\n"))
    assert found.columns == ("id", "place", "Title", "genre")
    assert found.extras == {"a": {"place": "Ulan-Ude", "Title": "X", "genre": "drama"}}
    assert [str(note) for note in found.notes] == [
        "row 1: the column “Title” is kept but not read; did you mean “title”?",
        "row 1: the column “genre” is kept but not read; did you mean “genres”?",
    ]
    written = io.StringIO()
    write_projects(written, found.profiles, extras=found.extras)
    assert read_projects(table(written.getvalue())).extras == found.extras


@pytest.mark.parametrize(
    "content",
    [
        "id,title\na,Тау\n".encode(),
        "id,title\na,Тау\n".encode("utf-8-sig"),
        "id,title\r\na,Тау\r\n".encode(),
        "id,title\ra,Тау".encode(),
        "id;title\na;Тау\n".encode(),
        "id\ttitle\na\tТау\n".encode(),
        ' "id" , title \na,Тау,,,\n,,\n\n'.replace(' "id" ', '"id"').encode(),
        '"id";"title"\n"a";"Тау"\n'.encode(),
        "\n\nid,title\na,Тау\n".encode(),
    ],
)
def test_what_spreadsheets_save_is_read_alike(saved, content: bytes) -> None:
    path = saved(content)
    for source in (path, str(path)):
        projects = read_projects(source).profiles
        assert [(project.id, project.title) for project in projects] == [("a", "Тау")]
    with path.open(encoding="utf-8", newline="") as opened:
        assert read_projects(opened).profiles == projects


def test_long_right_to_left_and_emoji_texts_survive() -> None:
    text = "فيلم عن الجبل 🎬\u200f و" * 2000
    assert read_projects(table(f"id,synopsis\na,{text}\n")).profiles[0].synopsis == text.strip()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (b" \n\n \n", "file_empty"),
        (b",,,\n", "file_empty"),
        (b"PK\x03\x04rest of a workbook", "file_is_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_is_workbook"),
        (b"%PDF-1.7\n1 0 obj\n", "file_is_binary"),
        (bytes(range(1, 256)) * 4, "file_is_binary"),
        ("id,title\na,Тау\n".encode("utf-16"), "file_is_utf16"),
        ("id,title\na,b\n".encode("utf-16-le"), "file_is_utf16"),
        ("id,title\na,b\nb,Тау\n".encode("cp1251"), "file_not_utf8"),
        (b"id,title\na,b\x00c\n", "nul_in_text"),
        (b'id,title\na,"never closed\nb,c\n', "quote_broken"),
        (b'id,title\na,"in"side\n', "quote_broken"),
        (b"id,title\na," + b"x" * 200_000 + b"\n", "cell_too_long"),
        (b"title,demand\na,2\n", "column_missing"),
        (b"just some words", "column_missing"),
        (b"ID,title\na,b\n", "column_missing_near"),
        (b"project_id,title\na,b\n", "column_missing_near"),
        (b"id,title,title\na,b,c\n", "column_double"),
        (b"id,title\na,b,c\n", "row_too_long"),
        (b"id,title\n,b\n", "id_empty"),
        (b"id,title\na,b\n a ,c\n", "id_double"),
        (b"id,demand\na,-1\n", "number_negative"),
        (b"id,demand\na,1.5\n", "number_decimal"),
        (b"id,demand\na,99999999999999999999\n", "number_too_large"),
        (b"id,demand\na,3-2\n", "demand_reversed"),
        (b"id,available\na,Monday\n", "window_unreadable"),
    ],
)
def test_each_bad_file_gets_one_sentence(saved, content: bytes, code: str) -> None:
    path = saved(content)
    error = refused(read_projects, path)
    assert error.code == code
    assert str(error).startswith(f"“{path}”")
    assert "\n" not in str(error)


def test_a_pdf_is_no_text_in_another_encoding(saved) -> None:
    with pytest.raises(MatcherError) as raised:
        read_projects(saved(b"%PDF-1.4\n\xe2\xe3\xcf\xd3\n1 0 obj"))
    assert raised.value.code == "file_is_binary"


def test_a_header_cell_may_carry_marks_that_nobody_sees(saved) -> None:
    table = read_projects(saved("\ufeff\u200bid,title\n1,Boat\n".encode()))
    assert (table.columns, table.profiles[0].id) == (("id", "title"), "1")


def test_the_sentences_name_row_column_and_remedy(saved) -> None:
    path = saved(b'id,title,demand\na,"two\nlines",1\n\nb,x,two\n')
    assert str(refused(read_projects, path)) == (
        f"“{path}”, row 4, column demand: “two” does not say how many mentors: write a number "
        "such as 2 or a range such as 2-3."
    )
    path = saved(b"Id,Title\n1,x\n")
    assert str(refused(read_projects, path)) == (
        f"“{path}” has no column “id” among its columns “Id”, “Title”: rename “Id” to “id”."
    )
    path = saved("id\na\nЖ\n".encode("cp1251"))
    assert refused(read_projects, path).params["line"] == 3


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    assert refused(read_projects, tmp_path / "none.csv").code == "file_missing"
    assert refused(read_projects, tmp_path).code == "file_is_folder"
    assert refused(read_projects, "nul\0name.csv").code == "file_unreadable"


def test_conflicts() -> None:
    found = read_conflicts(
        table(
            "project,mentor,kind,strength\n 01 ,m1,Relative,\na,m2,my own words,ASK\na,m3,,tell\n"
        )
    )
    assert found == (
        Conflict("01", "m1", "conflict.relative-partner", "never"),
        Conflict("a", "m2", "my own words", "ask"),
        Conflict("a", "m3", "", "tell"),
    )
    assert read_conflicts(table("project,mentor\n")) == ()


def test_locks_are_read_once_each() -> None:
    assert read_locks(table("mentor,project\nm1,a\nm1,a\nm2,a\n")) == (
        Lock("a", "m1"),
        Lock("a", "m2"),
    )


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("project,mentor,strength\na,m1,always\n", "strength_unknown", 2),
        ("project,mentor\na,\n", "cell_empty", 2),
        ("project,mentor\n\n,m1\n", "cell_empty", 3),
        ("project,mentor\na,m1\na,m9\n", "id_unknown", 3),
        ("project,mentor\nA,m1\n", "id_unknown", 2),
    ],
)
def test_conflicts_and_locks_refused(text: str, code: str, row: int) -> None:
    ids = {"project_ids": ["a", "b"], "mentor_ids": ["m1", "m2"]}
    for read in (read_conflicts, read_locks):
        if code == "strength_unknown" and read is read_locks:
            continue
        error = refused(read, table(text), **ids)
        assert (error.code, error.params["row"]) == (code, row)


def test_an_unknown_id_names_the_nearest_known() -> None:
    error = refused(
        read_locks, table("project,mentor\np1,m1\n"), project_ids=["zz", "p01"], mentor_ids=["m1"]
    )
    assert error.params["nearest"] == "p01"
    error = refused(read_locks, table("project,mentor\np1,m1\n"), project_ids=[], mentor_ids=["m1"])
    assert error.code == "id_unknown_nobody"


def test_pairs_need_both_columns() -> None:
    error = refused(read_locks, table("project,mentors\na,b\n"))
    assert (error.code, error.params["column"], error.params["nearest"]) == (
        "column_missing_near",
        "mentor",
        "mentors",
    )


def test_written_tables_leave_out_what_nobody_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_mentors(path, read_mentors(table("id,name\n-1,Тау\n")).profiles)
    assert path.read_bytes().decode() == (
        "id,name,bio,offers,expertise,credits,forms,genres,stages,languages,country,min_load,"
        "max_load\n'-1,Тау,,,,,,,,,,0,\n"
    )


def test_every_sentence_of_the_tables_is_one_line() -> None:
    assert [code for code, text in SENTENCES.items() if "\n" in text or not text.strip()] == []
