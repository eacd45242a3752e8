"""Who may open which page. Every route carries one of these marks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Request, g, redirect, request, url_for
from flask import session as cookie
from flask_login import LoginManager, current_user

from webapp import db
from webapp.enums import ParticipationRole, ProgramRole
from webapp.models import User
from webapp.services import editions, participations, programs, projects, sessions

View = TypeVar("View", bound=Callable[..., Any])

# The browser keeps a random token; the row that knows its hash says who it is.
TOKEN = "sign_in"


def init_app(app: Flask) -> None:
    """Let each request know who is asking."""
    manager = LoginManager(app)
    manager.request_loader(_load_person)
    app.context_processor(_for_templates)


def _load_person(_request: Request) -> User | None:
    token = cookie.get(TOKEN)
    if not token:
        return None
    g.sign_in_session = sessions.find_session(db.session(), token)
    return g.sign_in_session.user if g.sign_in_session else None


def _for_templates() -> dict[str, object]:
    """Put the camp's own name, its year and the reader's name on every page."""
    program, edition = g.get("program"), g.get("edition")
    return {
        "program_name": program.name if program else "",
        "current_edition_name": edition.name if edition else "",
        "user_display_name": getattr(current_user, "name", ""),
    }


def actor() -> User:
    """Give the signed-in person."""
    return cast("User", current_user._get_current_object())


def public(view: View) -> View:
    """Open to everybody."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def _marked(mark: str, check: Callable[[dict[str, Any]], None]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                # Only a page can be come back to; a lost form's address cannot.
                target = request.full_path.rstrip("?") if request.method == "GET" else None
                return redirect(url_for("account.sign_in", next=target))
            check(kwargs)
            return view(**kwargs)

        guarded.access = mark  # type: ignore[attr-defined]
        return cast("View", guarded)

    return decorate


def _anybody(_kwargs: dict[str, Any]) -> None:
    """Being signed in is enough."""


def _works_for_lab(kwargs: dict[str, Any]) -> None:
    session = db.session()
    if "edition_id" in kwargs:
        g.edition = editions.get_edition(session, kwargs["edition_id"])
        g.program = g.edition.program
    else:
        g.program = programs.get_program(session, kwargs["program_id"])
    g.program_member = programs.get_member(
        session,
        g.program.id,
        actor(),
        roles=(ProgramRole.OWNER, ProgramRole.ORGANIZER),
    )


def _takes_part(role: ParticipationRole) -> Callable[[dict[str, Any]], None]:
    def check(kwargs: dict[str, Any]) -> None:
        session = db.session()
        g.edition = editions.get_edition(session, kwargs["edition_id"])
        g.program = g.edition.program
        g.participation = participations.get_own(session, g.edition, actor(), role)
        # A filmmaker's own films; which of others' a mentor reads is the page's to ask.
        if role is ParticipationRole.FILMMAKER and "project_id" in kwargs:
            g.project = projects.get_own_project(session, g.edition, kwargs["project_id"], actor())

    return check


# Marks that say who: what they find is left in ``g`` for the page.
signed_in = _marked("signed_in", _anybody)
organizer = _marked("organizer", _works_for_lab)
filmmaker = _marked("filmmaker", _takes_part(ParticipationRole.FILMMAKER))
mentor = _marked("mentor", _takes_part(ParticipationRole.MENTOR))
