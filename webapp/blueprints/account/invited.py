"""Taking up an invitation: as whom, and then on to the role's own page."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp import access, db
from webapp.blueprints.account.pages import (
    blueprint,
    password_cost,
    show_refusal,
    sign_browser_in,
)
from webapp.enums import InvitationRole
from webapp.errors import InvalidValue, NotPossible
from webapp.forms.account import JoinForm
from webapp.languages import language
from webapp.models import Invitation, Participation, User
from webapp.services import accounts, editions, invitations, programs
from webapp.throttle import ANSWERS, limiter


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@access.public
@limiter.limit(ANSWERS, methods=["POST"])
def join(token: str) -> ResponseReturnValue:
    """Show what an invitation is for; a button or a short form takes it up."""
    invitation = invitations.get_invitation(db.session(), token)
    if request.method == "POST" and _joins_as_self():
        return _go_in(invitation, access.actor())
    if current_user.is_authenticated:
        _refuse_strangers(invitation, access.actor())
        return _page("account/join_as.html", invitation, token)
    _refuse_strangers(invitation, None)
    prepared = invitations.filled_in_user(db.session(), invitation)
    if prepared is not None and prepared.password_hash is not None:
        return _page("account/join_sign_in.html", invitation, token, prepared=prepared)
    if prepared is not None and request.form.get("prepared") == "me":
        return _go_in(invitation, prepared)
    form = JoinForm(
        name=invitation.name or (prepared.name if prepared else ""),
        email=invitation.email or (prepared.email if prepared else ""),
    )
    status = 200
    if form.validate_on_submit():
        try:
            return _join_anew(token, form)
        except InvalidValue as error:
            status = show_refusal(form, error)
            invitation = invitations.get_invitation(db.session(), token)
    elif form.is_submitted():
        status = 422
    return _page("account/join.html", invitation, token, form=form, prepared=prepared), status


def _joins_as_self() -> bool:
    """Tell whether a post is meant for whoever is signed in in this browser.

    The form for a new account may come twice: the second time its maker is
    signed in, and their own address says so.
    """
    if not current_user.is_authenticated:
        return False
    person = access.actor()
    if "person" in request.form:
        return request.form["person"] == str(person.id)
    return accounts.normalise_email(request.form.get("email", "")) == (person.email or None)


def _refuse_strangers(invitation: Invitation, person: User | None) -> None:
    if invitation.accepted_at is not None and (
        person is None or invitation.accepted_by_id != person.id
    ):
        raise NotPossible("invitation_taken")


def _page(template: str, invitation: Invitation, token: str, **context: object) -> str:
    session = db.session()
    program = programs.get_program(session, invitation.program_id)
    edition = (
        editions.get_edition(session, invitation.edition_id) if invitation.edition_id else None
    )
    return render_template(
        template,
        program=program,
        edition=edition,
        role=invitation.role,
        token=token,
        program_name=program.name,
        current_edition_name=edition.name if edition else "",
        **context,
    )


def _join_anew(token: str, form: JoinForm) -> ResponseReturnValue:
    password = form.password.data or ""
    accounts.check_password(password)
    db.rollback()
    password_hash = accounts.hash_password(password, password_cost())
    session = db.session()
    invitation = invitations.get_invitation(session, token)
    _refuse_strangers(invitation, None)
    return _go_in(invitation, _new_person(invitation, form, password_hash))


def _new_person(invitation: Invitation, form: JoinForm, password_hash: str) -> User:
    session = db.session()
    prepared = invitations.filled_in_user(session, invitation)
    name, email = form.name.data or "", form.email.data or ""
    if prepared is None:
        user = accounts.make_user(
            session, name=name, email=email, password_hash=password_hash, language=language()
        )
    elif prepared.password_hash is None:
        user = accounts.claim_user(
            session, prepared, name=name, email=email, password_hash=password_hash
        )
        accounts.set_language(user, user.language or language())
    else:
        raise NotPossible("invitation_for_other", name=prepared.name)
    return user


def _go_in(invitation: Invitation, user: User) -> ResponseReturnValue:
    joined = invitations.accept_invitation(db.session(), invitation, user)
    if not current_user.is_authenticated or access.actor() is not user:
        sign_browser_in(user)
    target = _first_page(invitation, joined if isinstance(joined, Participation) else None)
    db.commit()
    return redirect(target, 303)


def _first_page(invitation: Invitation, joined: Participation | None) -> str:
    edition_id = invitation.edition_id
    if invitation.role is InvitationRole.FILMMAKER:
        return url_for("filmmakers.index", edition_id=edition_id)
    if invitation.role is InvitationRole.MENTOR and joined is not None:
        page = "mentors.check" if joined.filled_in_by_id else "mentors.profile"
        return url_for(page, edition_id=edition_id)
    if invitation.role is InvitationRole.ORGANIZER and edition_id:
        return url_for("organizers.checklist", edition_id=edition_id)
    return url_for("home.index")
