"""What is written reads as the same profiles again, whatever people typed."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.datasets import load_demo
from matcher.errors import MatcherError
from matcher.files.cells import MOST
from matcher.profiles import (
    Demand,
    LanguageSkill,
    Load,
    MentorProfile,
    ProjectProfile,
    TeamMember,
    Term,
    Window,
)
from matcher.tables import read_mentors, read_projects, write_mentors, write_projects
from matcher.vocabulary import Kind, Vocabulary

WORDS = Vocabulary.load()

# Everything but line ends other than \n, NUL and halves of a letter pair.
LETTERS = st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r")
GUARDS = st.sampled_from(["", "=", "'=", "''-", "+", "@", "'", '"', ",", ";", "\n"])


@st.composite
def texts(draw: st.DrawFn, *, without: str = "", min_size: int = 0) -> str:
    text = draw(GUARDS) + draw(st.text(LETTERS, max_size=20))
    text = "".join(letter for letter in text if letter not in without).strip()
    return text if len(text) >= min_size else "x"


ENTRIES = texts(without=";", min_size=1)
IDS = st.from_regex(r"[=+@'-]?[\w][\w .-]{0,8}[\w]", fullmatch=True).map(
    lambda text: unicodedata.normalize("NFC", text)
)


@st.composite
def terms(draw: st.DrawFn, *kinds: Kind) -> tuple[Term, ...]:
    concepts = [concept for kind in kinds for concept in WORDS.concepts(kind)]
    known = st.sampled_from(concepts).map(lambda each: Term(each.label("en"), each.id))
    unknown = ENTRIES.filter(lambda text: not any(WORDS.recognise(text, kind) for kind in kinds))
    drawn = draw(st.lists(st.one_of(known, unknown.map(Term)), max_size=3))
    return tuple({term.key: term for term in drawn}.values())


@st.composite
def windows(draw: st.DrawFn) -> Window:
    zone = timezone(timedelta(minutes=draw(st.integers(-12 * 60, 14 * 60))))
    moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001
    starts_at = draw(moments).replace(tzinfo=draw(st.sampled_from([zone, UTC])))
    return Window(starts_at, starts_at + timedelta(minutes=draw(st.integers(1, 10_000))))


LEVELS = st.sampled_from([None, "A1", "A2", "B1", "B2", "C1", "C2", "native"])
LANGUAGES = st.lists(
    st.builds(
        LanguageSkill, st.sampled_from([each.code for each in WORDS.concepts("language")]), LEVELS
    ),
    max_size=3,
    unique_by=lambda skill: skill.code,
).map(tuple)
NAMES = texts(without=";()", min_size=1)
TEAMS = st.lists(st.builds(TeamMember, NAMES, texts(without=";()")), max_size=2).map(tuple)
NUMBERS = st.integers(0, MOST)
DEMANDS = st.tuples(NUMBERS, NUMBERS).map(lambda pair: Demand(min(pair), max(pair)))
LOADS = st.one_of(
    NUMBERS.map(Load), st.tuples(NUMBERS, NUMBERS).map(lambda pair: Load(min(pair), max(pair)))
)
COMMON = {
    "languages": LANGUAGES,
    "forms": terms("form"),
    "genres": terms("genre"),
    "stages": terms("stage"),
    "countries": terms("country"),
    "email": texts(),
    "company": texts(),
    "available": st.lists(windows(), max_size=2).map(tuple),
}
PROJECTS = st.builds(
    ProjectProfile,
    id=IDS,
    title=texts(),
    logline=texts(),
    synopsis=texts(),
    statement=texts(),
    difficulties=texts(),
    goals=texts(),
    reading=texts(),
    needs=terms("need"),
    needs_ordered=st.booleans(),
    team=TEAMS,
    demand=DEMANDS,
    **COMMON,
)
MENTORS = st.builds(
    MentorProfile,
    id=IDS,
    name=texts(),
    bio=texts(),
    offers=terms("need", "craft"),
    expertise=terms("need", "craft"),
    credits=st.lists(ENTRIES, max_size=3).map(tuple),
    load=LOADS,
    **COMMON,
)


Profile = ProjectProfile | MentorProfile


def differing(read: Sequence[Profile], written: Sequence[Profile]) -> list[tuple[str, str, str]]:
    """Name the fields that came back otherwise: short, where whole profiles are long."""
    return [
        (field.name, repr(getattr(one, field.name)), repr(getattr(other, field.name)))
        for one, other in zip(read, written, strict=True)
        for field in fields(other)
        if getattr(one, field.name) != getattr(other, field.name)
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(PROJECTS, max_size=2, unique_by=lambda project: project.id))
def test_written_projects_read_the_same(projects: list[ProjectProfile]) -> None:
    written = io.StringIO()
    write_projects(written, projects)
    again = read_projects(io.StringIO(written.getvalue(), newline="")).profiles
    assert differing(again, projects) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(MENTORS, max_size=2, unique_by=lambda mentor: mentor.id))
def test_written_mentors_read_the_same(mentors: list[MentorProfile]) -> None:
    written = io.StringIO()
    write_mentors(written, mentors)
    again = read_mentors(io.StringIO(written.getvalue(), newline="")).profiles
    assert differing(again, mentors) == []


def test_a_single_need_with_a_comma_is_not_parted() -> None:
    project = ProjectProfile(
        id="a", needs=(Term("Career, Ethics"),), needs_ordered=False, demand=Demand(1, 1)
    )
    written = io.StringIO()
    write_projects(written, [project])
    again = read_projects(io.StringIO(written.getvalue(), newline="")).profiles
    assert differing(again, [project]) == []


def test_the_demo_lab_goes_round(tmp_path) -> None:
    lab = load_demo()
    assert (len(lab.projects.profiles), len(lab.mentors.profiles)) == (18, 8)
    assert (len(lab.conflicts), len(lab.locks)) == (10, 2)
    write_projects(tmp_path / "p.csv", lab.projects.profiles, extras=lab.projects.extras)
    write_mentors(tmp_path / "m.csv", lab.mentors.profiles, extras=lab.mentors.extras)
    again = read_projects(tmp_path / "p.csv")
    assert differing(again.profiles, lab.projects.profiles) == []
    assert again.extras == lab.projects.extras
    assert differing(read_mentors(tmp_path / "m.csv").profiles, lab.mentors.profiles) == []


@settings(deadline=None, max_examples=50)
@given(st.text(LETTERS, max_size=60))
def test_any_text_at_all_is_read_or_refused_with_a_sentence(text: str) -> None:
    for content in (text, f"id,needs,demand,available\n{text}"):
        said = ""
        try:
            found = read_projects(io.StringIO(content, newline="")).profiles
        except MatcherError as error:
            found, said = (), str(error)
        assert said or all(project.id and project.demand for project in found)
