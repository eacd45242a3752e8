"""What the demo lab's files promise to the people and tests that use them."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "matcher" / "datasets"
FILES = ("demo_projects.csv", "demo_mentors.csv", "demo_conflicts.csv", "demo_locks.csv")
PROJECT_HEADER = (
    "id,title,logline,synopsis,statement,difficulties,goals,needs,form,genres,stage,languages,"
    "country,team,demand,email,company,available,reading,selection,place"
)
MENTOR_HEADER = (
    "id,name,bio,offers,expertise,credits,forms,genres,stages,languages,country,"
    "min_load,max_load,email,company,available"
)
KAZAKH_LETTERS = set("әғқңөұүһі")
KYRGYZ_LETTERS = set("ңөү")

Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def by_id(name: str) -> dict[str, Row]:
    return {row["id"]: row for row in read(name)}


def cell_list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def language_codes(row: Row) -> set[str]:
    return {part.partition(":")[0].partition(" ")[0] for part in cell_list(row["languages"])}


def story(row: Row) -> str:
    columns = ("logline", "synopsis", "statement", "difficulties", "goals")
    return " ".join(row[column] for column in columns).casefold()


def letters_used(row: Row, letters: set[str]) -> set[str]:
    return letters & set(story(row) + row["title"].casefold() + row["needs"].casefold())


@pytest.fixture(scope="module")
def projects() -> dict[str, Row]:
    return by_id("demo_projects.csv")


@pytest.fixture(scope="module")
def mentors() -> dict[str, Row]:
    return by_id("demo_mentors.csv")


@pytest.mark.parametrize("name", FILES)
def test_files_are_utf8_without_bom_and_every_row_has_the_headers_width(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8").splitlines(keepends=True), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}


def test_headers_stand_in_the_documented_order() -> None:
    headers = {name: (FOLDER / name).read_text(encoding="utf-8").splitlines()[0] for name in FILES}
    assert headers == {
        "demo_projects.csv": PROJECT_HEADER,
        "demo_mentors.csv": MENTOR_HEADER,
        "demo_conflicts.csv": "project,mentor,kind,strength",
        "demo_locks.csv": "project,mentor",
    }


def test_eighteen_projects_and_eight_mentors_each_with_one_id() -> None:
    assert [row["id"] for row in read("demo_projects.csv")] == [f"p{n:02}" for n in range(1, 19)]
    assert [row["id"] for row in read("demo_mentors.csv")] == [f"m{n}" for n in range(1, 9)]


def test_seventeen_are_selected_and_one_waits(projects: dict[str, Row]) -> None:
    states = [row["selection"] for row in projects.values()]
    assert (states.count("selected"), states.count("waiting list")) == (17, 1)


def test_every_project_has_some_text_and_a_title(projects: dict[str, Row]) -> None:
    assert [
        key for key, row in projects.items() if not row["title"] or not story(row).strip()
    ] == []


def test_addresses_are_the_ones_where_no_letter_arrives(
    projects: dict[str, Row], mentors: dict[str, Row]
) -> None:
    addresses = [row["email"] for row in (*projects.values(), *mentors.values())]
    assert {address.partition("@")[2] for address in addresses} == {"example.org"}
    assert len(set(addresses)) == len(addresses)


def test_long_texts_stand_beside_two_lines(projects: dict[str, Row]) -> None:
    words = {key: len(story(row).split()) for key, row in projects.items()}
    assert [key for key, count in words.items() if count > 400] == ["p01", "p15"]
    assert [key for key, count in words.items() if count < 40] == ["p13"]


def test_one_application_was_pasted_into_the_synopsis(projects: dict[str, Row]) -> None:
    pasted = projects["p03"]
    empty = ("logline", "statement", "difficulties", "goals", "needs", "stage", "demand")
    assert [pasted[column] for column in empty] == [""] * len(empty)
    assert pasted["synopsis"].startswith("ЗАЯВКА")
    without_needs = [key for key, row in projects.items() if not row["needs"]]
    assert without_needs == ["p03"]


def test_kazakh_and_kyrgyz_are_typed_with_their_letters_and_without(
    projects: dict[str, Row],
) -> None:
    kazakh = {key: bool(letters_used(projects[key], KAZAKH_LETTERS)) for key in kazakh_rows()}
    assert kazakh == {"p10": True, "p11": True, "p12": False, "p13": True}
    kyrgyz = {key: bool(letters_used(projects[key], KYRGYZ_LETTERS)) for key in kyrgyz_rows()}
    assert kyrgyz == {"p06": True, "p07": True, "p08": False, "p09": True}


def kazakh_rows() -> list[str]:
    return ["p10", "p11", "p12", "p13"]


def kyrgyz_rows() -> list[str]:
    return ["p06", "p07", "p08", "p09"]


def test_an_english_text_stands_under_a_russian_title(projects: dict[str, Row]) -> None:
    post = projects["p18"]
    assert (post["title"].isascii(), post["synopsis"].split()[0]) == (False, "My")
    assert (post["country"], post["place"]) == ("", "Баргузин, Буряад орон")


def test_the_organizers_read_four_projects_their_own_way(projects: dict[str, Row]) -> None:
    assert [key for key, row in projects.items() if row["reading"]] == ["p02", "p04", "p14", "p16"]


def test_demand_is_two_one_a_range_and_sometimes_nothing(projects: dict[str, Row]) -> None:
    demands = [row["demand"] for row in projects.values()]
    counts = {demand: demands.count(demand) for demand in sorted(set(demands))}
    assert counts == {"": 2, "1": 3, "2": 12, "2-3": 1}


def test_loads_are_just_enough(mentors: dict[str, Row]) -> None:
    loads = {key: (row["min_load"], row["max_load"]) for key, row in mentors.items()}
    assert loads == {
        "m1": ("3", "6"),
        "m2": ("3", "6"),
        "m3": ("3", "5"),
        "m4": ("3", "6"),
        "m5": ("1", "2"),
        "m6": ("", "4"),
        "m7": ("2", "3"),
        "m8": ("3", "6"),
    }
    # 12 ask for two, three for one, one for up to three, two empty cells filled with two.
    asked_at_most = 12 * 2 + 3 + 3 + 2 * 2
    assert asked_at_most <= sum(int(high) for _, high in loads.values()) == 38


def test_nobody_offers_what_the_juniper_needs(
    projects: dict[str, Row], mentors: dict[str, Row]
) -> None:
    needs = set(cell_list(projects["p17"]["needs"]))
    assert needs == {"sound & music", "legal, rights & clearances"}
    given = {
        term
        for row in mentors.values()
        for term in cell_list(row["offers"] + ";" + row["expertise"])
    }
    assert needs & given == set()
    assert projects["p17"]["form"] == "immersive"
    assert [key for key, row in mentors.items() if "immersive" in row["forms"]] == []


def test_some_guests_speak_no_russian_and_one_no_english(mentors: dict[str, Row]) -> None:
    spoken = {key: language_codes(row) for key, row in mentors.items()}
    assert [key for key, codes in spoken.items() if "ru" not in codes] == ["m3", "m5"]
    assert [key for key, codes in spoken.items() if "en" not in codes] == ["m8"]


def test_windows_have_a_zone_and_an_order(
    projects: dict[str, Row], mentors: dict[str, Row]
) -> None:
    zones: dict[str, set[timedelta | None]] = {}
    for key, row in {**projects, **mentors}.items():
        for window in cell_list(row["available"]):
            starts_at, ends_at = map(datetime.fromisoformat, window.split("/"))
            assert starts_at < ends_at
            zones.setdefault(key, set()).update({starts_at.utcoffset(), ends_at.utcoffset()})
    camp = {timedelta(hours=6)}
    online = {timedelta(hours=2)}
    here = ("p05", "m1", "m2", "m3", "m4", "m6", "m7", "m8")
    assert zones == {**dict.fromkeys(here, camp), "m5": online}


def test_conflicts_of_every_strength_name_people_of_the_lab(
    projects: dict[str, Row], mentors: dict[str, Row]
) -> None:
    conflicts = read("demo_conflicts.csv")
    strengths = [row["strength"] for row in conflicts]
    counts = {strength: strengths.count(strength) for strength in sorted(set(strengths))}
    assert counts == {"": 1, "ask": 3, "never": 3, "tell": 3}
    pairs = [(row["project"], row["mentor"]) for row in conflicts]
    assert len(set(pairs)) == len(pairs)
    assert {project for project, _ in pairs} <= set(projects)
    assert {mentor for _, mentor in pairs} <= set(mentors)


def test_locks_contradict_no_conflict(projects: dict[str, Row]) -> None:
    locks = [(row["project"], row["mentor"]) for row in read("demo_locks.csv")]
    assert locks == [("p04", "m1"), ("p11", "m7")]
    conflicted = {(row["project"], row["mentor"]) for row in read("demo_conflicts.csv")}
    assert conflicted.isdisjoint(locks)
    assert {projects[project]["selection"] for project, _ in locks} == {"selected"}
