"""The people of a year: found, looked at, mended, let go."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, change_letters, db
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act, edition_terms, put_error, seal
from webapp.enums import ParticipationRole
from webapp.forms.person import PersonForm
from webapp.models import Participation
from webapp.services import invitations, participations, people, plan_view, programs
from webapp.services.people import People, PersonRow
from webapp.wording import word_error
from webapp.wording.profiles import mentor_sheet

SHOWN = ("mentors", "filmmakers", "guests", "organizers", "invitations")


@blueprint.get("/<int:edition_id>/people", endpoint="people")
@access.organizer
def people_list(edition_id: int) -> Any:
    """List the mentors, the filmmakers, the organizers, or the open invitations."""
    shown = request.args.get("show", "")
    shown = shown if shown in SHOWN else "mentors"
    query = request.args.get("q", "")[:200]
    session = db.session()
    everybody = people.list_people(session, g.edition)
    rows: list[PersonRow] = getattr(everybody, shown, [])
    members = programs.list_members(session, g.program)
    open_invitations = invitations.list_open(session, g.program, g.edition)
    return render_template(
        "organizers/people/list.html",
        shown=shown,
        query=query,
        rows=people.search_people(rows, query),
        n_all=len(rows),
        has_pairs=any(row.load and row.load.pairs for row in everybody.mentors),
        members=[each for each in members if people.is_meant(query, each.user.name)],
        invitations=open_invitations,
        tabs=_tabs(shown, everybody, len(members), len(open_invitations)),
        Role=ParticipationRole,
    )


def _tabs(shown: str, found: People, n_members: int, n_invitations: int) -> list[dict[str, Any]]:
    tabs = [
        ("mentors", _("Mentors"), _n_present(found.mentors)),
        ("filmmakers", _("Filmmakers"), _n_present(found.filmmakers)),
        ("organizers", _("Organizers"), n_members),
        ("invitations", _("Open invitations"), n_invitations),
    ]
    if found.guests:
        tabs.insert(2, ("guests", _("Guests"), _n_present(found.guests)))
    return [
        {
            "label": label,
            "url": url_for("organizers.people", edition_id=g.edition.id, show=name),
            "current": name == shown,
            "count": count,
        }
        for name, label, count in tabs
    ]


def _n_present(rows: list[PersonRow]) -> int:
    return sum(row.participation.withdrawn_at is None for row in rows)


@blueprint.route("/<int:edition_id>/people/<int:participation_id>", methods=["GET", "POST"])
@access.organizer
def person(edition_id: int, participation_id: int) -> Any:
    """Show all that is known of somebody; name and address of a guest can be mended."""
    found = participations.get_participation(db.session(), g.edition, participation_id)
    form = PersonForm(
        name=found.user.name, email=found.user.email or "", expected_version=found.version
    )
    status = 200
    if form.validate_on_submit():
        error = act(
            lambda: people.correct_person(
                db.session(),
                found,
                actor=access.actor(),
                name=form.name.data or "",
                email=form.email.data or "",
                expected_version=form.expected_version.data or 0,
            )
        )
        if error is None:
            flash(_("Saved."), "ok")
            return redirect(_person_url(found), 303)
        status = put_error(form, error)
        form.show_version(found.version)
    elif form.is_submitted():
        status = 422
    return _person_page(found, form), status


def _person_url(found: Participation) -> str:
    return url_for("organizers.person", edition_id=g.edition.id, participation_id=found.id)


def _person_page(found: Participation, form: PersonForm, refused: str = "") -> str:
    session = db.session()
    is_mentor = found.role is ParticipationRole.MENTOR
    mentors = plan_view.view_plan(session, g.edition).mentors if is_mentor else []
    return render_template(
        "organizers/people/person.html",
        person=found,
        form=form,
        refused=refused,
        sheet=mentor_sheet(found, edition_terms()) if is_mentor else None,
        films=people.films_by_person(session, g.edition).get(found.user_id, []),
        load=next((view for view in mentors if view.mentor.id == found.id), None),
        has_account=found.user.password_hash is not None,
        Role=ParticipationRole,
    )


@blueprint.post("/<int:edition_id>/people/<int:participation_id>/leave")
@access.organizer
def person_leave(edition_id: int, participation_id: int) -> Any:
    """Take somebody out of this year; what was written stays."""
    found = participations.get_participation(db.session(), g.edition, participation_id)
    version = seal().expected_version.data or 0

    def leave() -> None:
        actor = access.actor()
        participations.withdraw(db.session(), found, actor=actor, expected_version=version)
        change_letters.keep_up(db.session(), g.edition, actor)

    error = act(leave)
    if error is None:
        flash(_("%(name)s no longer takes part.", name=found.user.name), "ok")
        return redirect(url_for("organizers.people", edition_id=edition_id), 303)
    form = PersonForm(
        formdata=None,
        name=found.user.name,
        email=found.user.email or "",
        expected_version=found.version,
    )
    return _person_page(found, form, word_error(error)), error.status


@blueprint.post("/<int:edition_id>/people/<int:participation_id>/return")
@access.organizer
def person_return(edition_id: int, participation_id: int) -> Any:
    """Let somebody who left take part again."""
    found = participations.get_participation(db.session(), g.edition, participation_id)
    seal()
    participations.join_edition(db.session(), g.edition, found.user, found.role)
    db.commit()
    return redirect(_person_url(found), 303)
