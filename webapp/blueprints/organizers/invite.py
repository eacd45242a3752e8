"""Invitations: a link for each person, with a text to paste, or sent as a letter."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _

from webapp import access, db, letters
from webapp.blueprints.organizers import blueprint
from webapp.blueprints.organizers.pages import act, act_once, language_choices, put_error, seal
from webapp.enums import InvitationRole, LetterKind
from webapp.errors import NotFound
from webapp.forms.person import ROLES, InviteForm
from webapp.languages import known, language
from webapp.models import Invitation
from webapp.services import invitations, outbox, participations
from webapp.wording import word_error

# The link of the invitation made last: its token is told once, to this browser.
FRESH = "fresh_invitation"


@blueprint.route("/<int:edition_id>/people/invite", methods=["GET", "POST"])
@access.organizer
def invite(edition_id: int) -> Any:
    """Ask whom to invite, and make the link."""
    role = request.args.get("role", "")
    form = InviteForm(
        role=role if role in {each.value for each in ROLES} else InvitationRole.FILMMAKER.value,
        language=_letter_language(),
    )
    form.offer(language_choices(), first=g.edition.languages)
    status = 200
    if form.validate_on_submit():
        error = act_once(
            form,
            lambda: _make(
                InvitationRole(form.role.data),
                name=form.name.data or "",
                email=form.email.data or "",
                code=form.language.data,
            ),
        )
        if error is None:
            return redirect(_fresh_url(), 303)
        status = put_error(form, error)
    elif form.is_submitted():
        status = 422
    return render_template("organizers/people/invite.html", form=form), status


@blueprint.post("/<int:edition_id>/people/<int:participation_id>/link")
@access.organizer
def person_link(edition_id: int, participation_id: int) -> Any:
    """Make a link for somebody whom an organizer has filled in for."""
    found = participations.get_participation(db.session(), g.edition, participation_id)
    form = seal()
    error = act_once(
        form,
        lambda: _make(
            InvitationRole(found.role.value),
            name=found.user.name,
            email=found.user.email or "",
            code=known(found.language or found.user.language) or _letter_language(),
            user=found.user,
        ),
    )
    if error is not None:
        raise error
    return redirect(_fresh_url(), 303)


@blueprint.get("/<int:edition_id>/people/invitations/<int:invitation_id>")
@access.organizer
def invitation(edition_id: int, invitation_id: int) -> Any:
    """Show an invitation; its link only to whoever has just made it."""
    return _page(_get(invitation_id))


@blueprint.post("/<int:edition_id>/people/invitations/<int:invitation_id>/renew")
@access.organizer
def invitation_renew(edition_id: int, invitation_id: int) -> Any:
    """Make a new link in place of one that is lost or too old."""
    found = _get(invitation_id)
    form = seal()

    def renew() -> None:
        user = invitations.filled_in_user(db.session(), found)
        invitations.revoke_invitation(db.session(), found, actor=access.actor())
        _make(found.role, name=found.name, email=found.email, code=_letter_language(), user=user)

    error = act_once(form, renew)
    if error is not None:
        return _page(found, word_error(error)), error.status
    return redirect(_fresh_url(), 303)


@blueprint.post("/<int:edition_id>/people/invitations/<int:invitation_id>/revoke")
@access.organizer
def invitation_revoke(edition_id: int, invitation_id: int) -> Any:
    """Take an invitation back: its link opens nothing any more."""
    found = _get(invitation_id)
    seal()
    error = act(lambda: invitations.revoke_invitation(db.session(), found, actor=access.actor()))
    if error is not None:
        return _page(found, word_error(error)), error.status
    flash(_("The invitation is taken back: its link opens nothing any more."), "ok")
    return redirect(url_for("organizers.people", edition_id=edition_id, show="invitations"), 303)


def _make(role: InvitationRole, *, name: str, email: str, code: str, user: Any = None) -> None:
    session = db.session()
    made, token = invitations.invite(
        session, g.program, g.edition, role, actor=access.actor(), name=name, email=email, user=user
    )
    if made.email:
        link = letters.public_link("account.join", token=token)
        subject, body = letters.invitation_text(g.edition, made, link, code)
        letter = outbox.hold_letter(
            session,
            edition=g.edition,
            user=user,
            kind=LetterKind.INVITATION,
            language=code,
            subject=subject,
            body=body,
            address=made.email,
        )
        outbox.queue_letters(session, [letter])
    cookie[FRESH] = [made.id, token, code]


def _fresh_url() -> str:
    fresh = cookie.get(FRESH)
    if not fresh:
        return url_for("organizers.people", edition_id=g.edition.id, show="invitations")
    return url_for("organizers.invitation", edition_id=g.edition.id, invitation_id=fresh[0])


def _letter_language() -> str:
    return g.edition.languages[0] if g.edition.languages else language()


def _get(invitation_id: int) -> Invitation:
    found = next(
        (
            each
            for each in invitations.list_invitations(db.session(), g.program, g.edition)
            if each.id == invitation_id
        ),
        None,
    )
    if found is None:
        raise NotFound("not_found")
    return found


def _page(found: Invitation, refused: str = "") -> str:
    fresh = cookie.get(FRESH)
    link = text = ""
    if fresh and fresh[0] == found.id and found.accepted_at is None and not found.revoked_at:
        link = letters.public_link("account.join", token=fresh[1])
        text = letters.invitation_text(g.edition, found, link, fresh[2])[1]
    return render_template(
        "organizers/people/invitation.html",
        invitation=found,
        link=link,
        text=text,
        refused=refused,
        sends_mail=bool(current_app.config["SMTP_HOST"]),
    )
