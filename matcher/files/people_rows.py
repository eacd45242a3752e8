"""One row of a people file to a profile, and a profile back to its row."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.errors import MatcherError, Note
from matcher.files.cells import (
    guarded,
    read_demand,
    read_id,
    read_list,
    read_number,
    read_team,
    read_windows,
    written_demand,
    written_list,
    written_team,
    written_windows,
)
from matcher.files.sheets import Row, Sheet
from matcher.files.term_cells import (
    read_languages,
    read_terms,
    read_ticks,
    written_languages,
    written_terms,
)
from matcher.folding import fold
from matcher.profiles import Demand, LanguageSkill, Load, MentorProfile, ProjectProfile, Term
from matcher.vocabulary import Kind

_PROJECT_TEXTS = ("title", "logline", "synopsis", "statement", "difficulties", "goals")
# Which column of the file holds which list of the profile.
_PROJECT_TERMS: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "needs": ("needs", ("need",)),
    "form": ("forms", ("form",)),
    "genres": ("genres", ("genre",)),
    "stage": ("stages", ("stage",)),
    "country": ("countries", ("country",)),
}
_MENTOR_TERMS: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "offers": ("offers", ("need", "craft")),
    "expertise": ("expertise", ("need", "craft")),
    "forms": ("forms", ("form",)),
    "genres": ("genres", ("genre",)),
    "stages": ("stages", ("stage",)),
    "country": ("countries", ("country",)),
    "territories": ("territories", ("country",)),
}
_YES = frozenset({"yes", "y", "true", "1", "x", "да", "ия", "ооба", "ha", "ҳа", "ха"})
_NO = frozenset({"", "no", "n", "false", "0", "нет", "жок", "yoq", "йук", "не"})


class RowReader:
    """Reads the cells of one row and gathers the notes about them."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.notes: list[Note] = []

    def terms(
        self, column: str, kinds: tuple[Kind, ...], *, ticks: bool = False
    ) -> tuple[Term, ...]:
        """Give a column's terms, noting the unknown ones."""
        read = read_ticks if ticks else read_terms
        terms, notes = read(self.row.cell(column), kinds, self.row.at(column))
        self.notes += notes
        return terms

    def languages(self) -> tuple[LanguageSkill, ...]:
        """Give the languages, noting the unknown ones."""
        skills, notes = read_languages(self.row.cell("languages"), self.row.at("languages"))
        self.notes += notes
        return skills

    def talk_in(self) -> tuple[str, ...]:
        """Give the codes of the languages somebody wishes to talk in, noting unknown ones."""
        skills, notes = read_languages(self.row.cell("talk_in"), self.row.at("talk_in"))
        self.notes += notes
        return tuple(skill.code for skill in skills)

    def people(self, column: str) -> tuple[str, ...]:
        """Give the ids that a column lists, in its order."""
        return tuple(dict.fromkeys(map(read_id, read_list(self.row.cell(column)))))

    def needs(self) -> tuple[tuple[Term, ...], bool]:
        """Give the needs, and whether they stand in order of importance.

        A column ``needs_unordered`` says yes, or holds the needs themselves.
        """
        said = self.row.text("needs_unordered")
        if fold(said) in _NO:
            return self.terms("needs", ("need",)), True
        needs = self.terms("needs", ("need",), ticks=True)
        if fold(said) in _YES:
            return needs, False
        more = self.terms("needs_unordered", ("need",), ticks=True)
        return tuple({term.key: term for term in (*more, *needs)}.values()), False


def rows_with_ids(sheet: Sheet) -> Iterator[tuple[Row, str]]:
    """Give each row with its id, which nobody else may have."""
    first: dict[str, int] = {}
    for row in sheet.rows:
        at = row.at("id")
        own_id = read_id(row.cell("id"))
        if not own_id:
            raise at.error("id_empty")
        if own_id in first:
            raise at.error("id_double", id=own_id, first=first[own_id])
        first[own_id] = row.number
        yield row, own_id


def read_project(
    row: Row, project_id: str, demand: Demand | None
) -> tuple[ProjectProfile, list[Note]]:
    """Give the project in a row; ``demand`` fills its empty cell."""
    reader = RowReader(row)
    needs, ordered = reader.needs()
    profile = ProjectProfile(
        id=project_id,
        **{column: row.text(column) for column in _PROJECT_TEXTS},
        reading=row.text("reading"),
        needs=needs,
        needs_ordered=ordered,
        forms=reader.terms("form", ("form",)),
        genres=reader.terms("genres", ("genre",)),
        stages=reader.terms("stage", ("stage",)),
        languages=reader.languages(),
        countries=reader.terms("country", ("country",)),
        talk_in=reader.talk_in(),
        wishes=reader.people("wishes"),
        past=reader.people("past"),
        team=read_team(row.cell("team")),
        demand=read_demand(row.cell("demand"), row.at("demand")) or demand,
        email=row.text("email"),
        company=row.text("company"),
        available=read_windows(row.cell("available"), row.at("available")),
    )
    return profile, reader.notes


def read_mentor(
    row: Row, mentor_id: str, min_load: int | None, max_load: int | None
) -> tuple[MentorProfile, list[Note]]:
    """Give the mentor in a row; the two loads fill its empty cells."""
    reader = RowReader(row)
    profile = MentorProfile(
        id=mentor_id,
        name=row.text("name"),
        bio=row.text("bio"),
        offers=reader.terms("offers", ("need", "craft")),
        expertise=reader.terms("expertise", ("need", "craft")),
        credits=tuple(read_list(row.cell("credits"))),
        forms=reader.terms("forms", ("form",)),
        genres=reader.terms("genres", ("genre",)),
        stages=reader.terms("stages", ("stage",)),
        languages=reader.languages(),
        countries=reader.terms("country", ("country",)),
        territories=reader.terms("territories", ("country",)),
        talk_in=reader.talk_in(),
        wishes=reader.people("wishes"),
        past=reader.people("past"),
        load=_read_load(row, min_load, max_load),
        email=row.text("email"),
        company=row.text("company"),
        available=read_windows(row.cell("available"), row.at("available")),
    )
    return profile, reader.notes


def _read_load(row: Row, min_load: int | None, max_load: int | None) -> Load:
    """Give a mentor's load: the row's own numbers win over the defaults."""
    own_low = read_number(row.cell("min_load"), row.at("min_load"))
    own_high = read_number(row.cell("max_load"), row.at("max_load"))
    low = min_load or 0 if own_low is None else own_low
    high = max_load if own_high is None else own_high
    if high is not None and low > high:
        raise _load_reversed(row, low, high, own=(own_low is not None, own_high is not None))
    return Load(low, high)


def _load_reversed(row: Row, low: int, high: int, own: tuple[bool, bool]) -> MatcherError:
    code, column = {
        (True, True): ("load_reversed", "min_load"),
        (False, True): ("load_reversed_by_min", "min_load"),
        (True, False): ("load_reversed_by_max", "max_load"),
        (False, False): ("load_reversed_by_default", "min_load"),
    }[own]
    return row.at(column).error(code, low=low, high=high)


def written_project(project: ProjectProfile) -> dict[str, str]:
    """Give a project's cells by column; read again they give the same profile."""
    texts = (*_PROJECT_TEXTS, "id", "reading", "email", "company")
    cells = {column: guarded(getattr(project, column).strip()) for column in texts}
    for column, (name, kinds) in _PROJECT_TERMS.items():
        cells[column] = written_terms(getattr(project, name), kinds)
    if not project.needs_ordered:
        cells["needs_unordered"] = "yes"
        # A trailing ";" keeps a single need with a comma from being parted.
        cells["needs"] = f"{cells['needs']};" if project.needs else ""
    return {
        **cells,
        "languages": written_languages(project.languages),
        **_written_wishes(project),
        "team": written_team(project.team),
        "demand": written_demand(project.demand),
        "available": written_windows(project.available),
    }


def written_mentor(mentor: MentorProfile) -> dict[str, str]:
    """Give a mentor's cells by column; read again they give the same profile."""
    texts = ("id", "name", "bio", "email", "company")
    cells = {column: guarded(getattr(mentor, column).strip()) for column in texts}
    for column, (name, kinds) in _MENTOR_TERMS.items():
        cells[column] = written_terms(getattr(mentor, name), kinds)
    load = mentor.load
    return {
        **cells,
        "credits": written_list(mentor.credits),
        "languages": written_languages(mentor.languages),
        **_written_wishes(mentor),
        "min_load": "" if load is None else str(load.low),
        "max_load": "" if load is None or load.high is None else str(load.high),
        "available": written_windows(mentor.available),
    }


def _written_wishes(profile: ProjectProfile | MentorProfile) -> dict[str, str]:
    return {
        "talk_in": written_list(profile.talk_in),
        "wishes": written_list(profile.wishes),
        "past": written_list(profile.past),
    }
