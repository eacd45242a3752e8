"""The plan as a file: nothing in it can become a formula."""

from __future__ import annotations

import csv
import io

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from tests.factories import make_edition, make_mentor, make_project, make_user
from webapp.enums import PairPlace
from webapp.models import Edition
from webapp.services import exports, plan
from webapp.services.plan_lines import Line
from webapp.services.plan_view import view_plan

FORMULA = '=HYPERLINK("http://example.org")'


def an_edition(session: Session) -> Edition:
    edition = make_edition(session)
    film = make_project(session, edition, title=FORMULA)
    mentor = make_mentor(session, edition, make_user(session, "Жанар Ә"))
    facts = {"affinity": 0.5, "rank": 1, "reasons": []}
    line = Line(film.id, mentor.id, PairPlace.NONE, PairPlace.PROPOSED, facts=facts)
    plan.apply_lines(session, edition, [line], actor=None)
    return edition


def test_csv_is_utf8_and_its_formulas_are_text(session: Session) -> None:
    view = view_plan(session, an_edition(session))
    content = exports.write_csv(exports.plan_rows(view, lambda _pair: "+ because"))
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8")))
    assert row == {
        "project": "p1",
        "mentor": "m1",
        "affinity": "0.5",
        "rank": "1",
        "reasons": "'+ because",
        "title": f"'{FORMULA}",
        "name": "Жанар Ә",
        "place": "proposed",
        "kept": "",
    }


def test_a_workbook_keeps_formulas_as_text(session: Session) -> None:
    view = view_plan(session, an_edition(session))
    content = exports.write_xlsx(exports.plan_rows(view, lambda _pair: ""))
    sheet = load_workbook(io.BytesIO(content))["plan"]
    cell = sheet["F2"]
    assert (cell.value, cell.data_type) == (FORMULA, "s")
    assert [cell.value for cell in sheet[1]] == list(exports.COLUMNS)


def test_an_empty_plan_is_a_file_with_its_header(session: Session) -> None:
    view = view_plan(session, make_edition(session))
    content = exports.write_csv(exports.plan_rows(view, lambda _pair: ""))
    assert content.decode() == ",".join(exports.COLUMNS) + "\n"
