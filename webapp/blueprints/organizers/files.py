"""Files to take along: the plan as CSV and for Excel."""

from __future__ import annotations

from flask import Response, abort, g

from webapp import access, db
from webapp.blueprints.organizers import blueprint
from webapp.services import exports, plan_view, terms
from webapp.services.plan_view import PairView
from webapp.wording.reasons import word_reasons_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<int:edition_id>/plan.<kind>")
@access.organizer
def plan_file(edition_id: int, kind: str) -> Response:
    """Give the plan as a file, with the reasons in the reader's language."""
    if kind not in {"csv", "xlsx"}:
        abort(404)
    known = terms.terms_by_key(db.session(), g.edition)

    def word_reasons(pair: PairView) -> str:
        return " ".join(word_reasons_for(pair.reasons, known, mentor=pair.mentor.user.name))

    rows = exports.plan_rows(plan_view.view_plan(db.session(), g.edition), word_reasons)
    content = exports.write_csv(rows) if kind == "csv" else exports.write_xlsx(rows)
    response = Response(content, mimetype="text/csv; charset=utf-8" if kind == "csv" else XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="plan-{edition_id}.{kind}"'
    return response
