"""A mentor's profile: the whole of it, or one quick look."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import access, db
from webapp.blueprints.mentor_answers import mentor_answers
from webapp.blueprints.mentors.pages import (
    blueprint,
    camp_begins,
    edition_terms,
    is_over,
    is_told,
    mentor_view,
)
from webapp.blueprints.saving import save
from webapp.forms.mentor import CheckForm, MentorForm
from webapp.languages import language
from webapp.services import participations, releases, terms, versions
from webapp.services.availability import LocalWindow, own_windows
from webapp.services.matching.profiles import load_of
from webapp.wording.choices import profile_choices
from webapp.wording.profiles import mentor_sheet
from webapp.wording.zones import zone_choices


@blueprint.get("")
@access.mentor
def index(edition_id: int) -> Any:
    """Show what the lab knows of a mentor, and what happens next."""
    n_films = 0
    if is_told():
        found = releases.list_released_matches(db.session(), g.edition, mentor=g.participation)
        n_films = len(found)
    return render_template(
        "mentors/index.html",
        view=mentor_view(g.participation),
        sheet=mentor_sheet(g.participation, edition_terms()),
        edition=g.edition,
        n_films=n_films,
        is_told=is_told(),
        is_over=is_over(),
    )


@blueprint.get("/profile")
@access.mentor
def profile(edition_id: int) -> Any:
    """Ask a mentor for the whole profile."""
    if is_over():
        return _to_index()
    choices = _choices()
    mentor = g.participation
    answers = mentor_answers(
        mentor,
        own_windows(mentor),
        [key for key, _label in choices["need"]],
        _labels([*mentor.expertise, *mentor.countries]),
    )
    form = MentorForm(data=answers, expected_version=mentor.version)
    form.offer(choices)
    return _profile_page(form)


@blueprint.post("/profile")
@access.mentor
def save_profile(edition_id: int) -> Any:
    """Save a mentor's profile, or only show one more row for times."""
    form = MentorForm()
    if request.form.get("action") == "add_row":
        form.add_window()
        form.offer(_choices())
        return _profile_page(form)
    form.offer(_choices())
    if not form.validate():
        return _profile_page(form), 422
    refused = save(form, g.participation, lambda version: _update(form, version), content=_content)
    if refused:
        return _profile_page(form), refused
    flash(_("Saved. Thank you."), "ok")
    return _to_index()


@blueprint.get("/check")
@access.mentor
def check(edition_id: int) -> Any:
    """Ask: right? How many? Here all week?"""
    if is_over():
        return _to_index()
    load = load_of(g.participation, g.edition)
    form = CheckForm(
        load_low=load.low,
        load_high=load.high,
        whole_camp="yes" if g.participation.whole_camp else "no",
        expected_version=g.participation.version,
    )
    return _check_page(form)


@blueprint.post("/check")
@access.mentor
def save_check(edition_id: int) -> Any:
    """Keep the two numbers and the answer; the profile counts as seen."""
    form = CheckForm()
    if not form.validate():
        return _check_page(form), 422
    refused = save(
        form,
        g.participation,
        lambda version: participations.check_profile(
            db.session(),
            g.participation,
            actor=access.actor(),
            expected_version=version,
            **form.numbers(),
        ),
        content=lambda: (*_content(), g.participation.checked_at is None),
    )
    if refused:
        return _check_page(form), refused
    if form.whole_camp.data == "no":
        flash(_("Thank you. Now say when you are here, or online."), "ok")
        return redirect(url_for("mentors.profile", edition_id=edition_id, _anchor="when"), 303)
    flash(_("Thank you. That is all we need."), "ok")
    return _to_index()


def _update(form: MentorForm, version: int) -> None:
    values = form.values()
    values["windows"] = [LocalWindow(**row) for row in values["windows"]]
    participations.update_mentor(
        db.session(), g.participation, values, actor=access.actor(), expected_version=version
    )


def _content() -> tuple[Any, ...]:
    return versions.mentor_content(g.participation), g.participation.keep_apart_note


def _choices() -> dict[str, list[tuple[str, str]]]:
    zones = zone_choices(camp_begins(), language(), first=[g.edition.timezone])
    return profile_choices(edition_terms()) | {"zone": zones}


def _labels(keys: list[str]) -> dict[str, str]:
    return dict(zip(keys, terms.labels(edition_terms(), keys, language()), strict=True))


def _profile_page(form: MentorForm) -> str:
    return render_template(
        "mentors/profile.html",
        form=form,
        view=mentor_view(g.participation),
        edition=g.edition,
        open_times=_has_times(form),
    )


def _has_times(form: MentorForm) -> bool:
    """Whether the rows of times are worth unfolding."""
    given = any(not row.form.is_blank() for row in form.windows)
    asked = request.form.get("action") == "add_row" or form.whole_camp.data == "no"
    return given or asked or bool(form.windows.errors)


def _check_page(form: CheckForm) -> str:
    return render_template(
        "mentors/check.html",
        form=form,
        view=mentor_view(g.participation),
        sheet=mentor_sheet(g.participation, edition_terms()),
        edition=g.edition,
    )


def _to_index() -> Any:
    return redirect(url_for("mentors.index", edition_id=g.edition.id), 303)
