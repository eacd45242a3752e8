"""Do not put together: who, how strongly, why, and who said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, change_letters, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act, act_once, edition_terms, put_error, seal
from webapp.enums import (
    ConflictStrength,
    LineAspect,
    ParticipationRole,
    ProjectState,
    Said,
    StandingKind,
    StandingSide,
    TermKind,
)
from webapp.forms.apart import ApartForm
from webapp.languages import language
from webapp.models import PairStanding, Participation, Project
from webapp.services import leaving, participations, plan, projects, standings, terms
from webapp.services.plan_lines import Line
from webapp.wording import word_error

KINDS = (StandingKind.CONFLICT, StandingKind.VETO, StandingKind.FORBID)


@dataclass(frozen=True)
class Entry:
    """A pair that is not to be put together; without a row it is fixed."""

    project: Project
    mentor: Participation
    standing: PairStanding | None


@blueprint.route("/<int:edition_id>/apart", methods=["GET", "POST"])
@access.organizer
def apart(edition_id: int) -> Any:
    """List who is not to be put together, and take one more pair."""
    session = db.session()
    films = {film.id: film for film in projects.list_projects(session, g.edition)}
    mentors = {
        row.id: row
        for row in participations.list_participations(session, g.edition, ParticipationRole.MENTOR)
    }
    form = ApartForm(**_asked_for() if request.method == "GET" else {})
    form.offer(
        [
            (f.id, f.title or f.code)
            for f in films.values()
            if f.state is not ProjectState.WITHDRAWN
        ],
        [(m.id, m.user.name) for m in mentors.values() if m.withdrawn_at is None],
        _kind_choices(),
    )
    status = 200
    if form.validate_on_submit():
        film, mentor = films[form.project_id.data], mentors[form.mentor_id.data]
        freed: list[int] = []
        error = act_once(form, lambda: freed.append(_declare(form, film, mentor)))
        if error is None:
            flash(
                _(
                    "Written down: %(mentor)s and “%(film)s”.",
                    mentor=mentor.user.name,
                    film=film.title,
                ),
                "ok",
            )
            if any(freed):
                flash(_("They were on the list together: that place is open again."), "warn")
            return redirect(url_for("organizers.apart", edition_id=edition_id), 303)
        status = put_error(form, error)
    elif form.is_submitted():
        status = 422
    return _page(form, films, mentors), status


def _asked_for() -> dict[str, Any]:
    """Begin with the film or the mentor whose note led here."""
    return {
        "project_id": request.args.get("film", type=int),
        "mentor_id": request.args.get("mentor", type=int),
    }


def _declare(form: ApartForm, film: Project, mentor: Participation) -> int:
    """Keep an entry; give how many pairs a late "never" took off the list."""
    session = db.session()
    plan.lock_plan(session, g.edition)
    strength = ConflictStrength(form.strength.data)
    standings.declare_conflict(
        session,
        g.edition,
        film,
        mentor,
        strength=strength,
        conflict_kind=form.conflict_kind.data or "",
        note=form.note.data or "",
        side=StandingSide.ORGANIZER,
        actor=access.actor(),
    )
    if strength is not ConflictStrength.NEVER:
        return 0
    actor = access.actor()
    n_freed = leaving.free_pairs(session, g.edition, actor=actor, project=film, mentor=mentor)
    change_letters.keep_up(session, g.edition, actor)
    return n_freed


def _kind_choices() -> list[tuple[str, str]]:
    known = edition_terms()
    return [
        (term.key, terms.label(known, term.key, language()))
        for term in known.values()
        if term.kind is TermKind.CONFLICT and term.is_offered
    ]


def _page(
    form: ApartForm,
    films: dict[int, Project],
    mentors: dict[int, Participation],
    refused: str = "",
) -> str:
    session = db.session()
    entries = [
        Entry(films[row.project_id], mentors[row.mentor_id], row)
        for row in standings.list_with_speakers(session, g.edition, KINDS)
        if row.project_id in films and row.mentor_id in mentors
    ]
    fixed = [
        Entry(films[project_id], mentors[mentor_id], None)
        for project_id, mentor_id in sorted(standings.own_projects(session, g.edition))
        if project_id in films and mentor_id in mentors
    ]
    return render_template(
        "organizers/apart/apart.html",
        form=form,
        entries=entries,
        fixed=fixed,
        film_notes=[f for f in films.values() if _has_note(f) and f.state != "withdrawn"],
        mentor_notes=[m for m in mentors.values() if _has_note(m) and m.withdrawn_at is None],
        has_pairs=bool(films) and bool(mentors),
        refused=refused,
        terms=edition_terms(),
        language=language(),
        Kind=StandingKind,
        Side=StandingSide,
    )


def _has_note(row: Project | Participation) -> bool:
    return bool(row.keep_apart_note.strip())


@blueprint.post("/<int:edition_id>/apart/<int:standing_id>/lift")
@access.organizer
def apart_lift(edition_id: int, standing_id: int) -> Any:
    """Take one entry back: the pair may be put together again."""
    found = standings.get_standing(db.session(), g.edition, standing_id)
    seal()
    error = act(lambda: _lift(found))
    if error is not None:
        flash(word_error(error), "error")
    else:
        flash(_("Taken back. They may be put together again."), "ok")
    return redirect(url_for("organizers.apart", edition_id=edition_id), 303)


def _lift(found: PairStanding) -> None:
    """Take an entry back; the organizers' own word is a line of the plan."""
    session = db.session()
    if found.kind is StandingKind.FORBID and found.lifted_at is None:
        pair = found.project_id, found.mentor_id
        line = Line(*pair, Said.YES, Said.NO, LineAspect.FORBID)
        plan.apply_lines(session, g.edition, [line], actor=access.actor())
    else:
        standings.lift_standing(session, found, actor=access.actor())
