"""Letters in the reader's language: what each person hears when everyone is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp.config import LANGUAGES
from webapp.enums import InvitationRole, LetterKind
from webapp.models import Edition, Invitation, Match, Project, Term, User
from webapp.services import participations, releases, terms, told
from webapp.services.releases import LetterWriter, News
from webapp.wording.reasons import word_pair

# What speaks for each pair, by (project, mentor) ids.
Why = Mapping[tuple[int, int], Sequence[Mapping[str, Any]]]


def language_for(user: User, edition: Edition, wished: str = "") -> str:
    """Give the language to write to someone in: their own, else the edition's first.

    ``wished`` is their language in this edition; what their account says goes before it.
    """
    for code in (user.language, wished, *edition.languages):
        if code in LANGUAGES:
            return code
    return "en"


def public_link(endpoint: str, **values: object) -> str:
    """Give a whole address that works from outside."""
    path = url_for(endpoint, **values)  # type: ignore[arg-type]
    return current_app.config["PUBLIC_URL"].rstrip("/") + path


def release_writer(session: Session, edition: Edition) -> LetterWriter:
    """Give a writer of release letters for one edition."""
    known = terms.terms_by_key(session, edition)
    matches = [match for news in releases.list_news(session, edition) for match in news.matches]
    why = told.reasons_by_pair(session, matches)
    people = participations.list_participations(session, edition)
    wished = {person.user_id: person.language for person in people if person.language}

    def write(edition: Edition, news: News) -> tuple[str, str, str]:
        language = language_for(news.user, edition, wished.get(news.user.id, ""))
        with force_locale(language):
            if news.kind is LetterKind.RELEASE_MENTOR:
                return language, _subject(edition), _to_mentor(edition, news, known, why)
            return language, _subject(edition), _to_filmmaker(edition, news, known, why)

    return write


def invitation_text(
    edition: Edition, invitation: Invitation, link: str, language: str
) -> tuple[str, str]:
    """Give the subject and the words with which an invitation's link is passed on."""
    with force_locale(language):
        asks = {
            InvitationRole.FILMMAKER: _(
                "We would like to know your film. Six questions, about ten minutes, "
                "on a phone if you like; you can stop at any point and go on later."
            ),
            InvitationRole.MENTOR: _(
                "We would be glad to have you as a mentor. You say how many films you take, "
                "and when you are there; it takes a minute or two."
            ),
            InvitationRole.GUEST: _("We would be glad to have you as our guest."),
        }
        lab = f"{edition.program.name} {edition.name}"
        greeting = _("Hello %(name)s,", name=invitation.name) if invitation.name else _("Hello,")
        parts = [
            greeting,
            _("this is your invitation to %(lab)s.", lab=lab),
            asks.get(invitation.role, _("You would organize it together with us.")),
            _("Your own link, please do not pass it on:") + f"\n{link}",
            *([edition.contact] if edition.contact else []),
            edition.program.name,
        ]
        return _("Invitation: %(lab)s", lab=lab), "\n\n".join(parts)


def _subject(edition: Edition) -> str:
    # No title and no name: a subject is read over shoulders and in previews.
    return _("%(lab)s: who you will work with", lab=edition.program.name)


def _to_filmmaker(edition: Edition, news: News, known: Mapping[str, Term], why: Why) -> str:
    n_mentors = len({match.mentor_id for match in news.matches})
    parts = [
        _("Hello %(name)s,", name=news.user.name),
        ngettext(
            "here is the person who will work with you at %(lab)s %(edition)s:",
            "here are the people who will work with you at %(lab)s %(edition)s:",
            n_mentors,
            lab=edition.program.name,
            edition=edition.name,
        ),
    ]
    for project, matches in _by_project(news):
        lines = [_("“%(title)s”", title=project.title_outside or project.title)]
        for match in matches:
            reason = word_pair(
                why.get((match.project_id, match.mentor_id), []),
                known,
                mentor=match.mentor.user.name,
            )
            lines.append(f"— {match.mentor.user.name}" + (f". {reason}" if reason else ""))
        parts.append("\n".join(lines))
        parts.append(_("Read more here: %(link)s", link=_film_link(edition, project)))
    parts += _ending(edition)
    return "\n\n".join(parts)


def _to_mentor(edition: Edition, news: News, known: Mapping[str, Term], why: Why) -> str:
    n_films = len(news.matches)
    parts = [
        _("Hello %(name)s,", name=news.user.name),
        ngettext(
            "here is the film you will work with at %(lab)s %(edition)s:",
            "here are the %(num)d films you will work with at %(lab)s %(edition)s:",
            n_films,
            lab=edition.program.name,
            edition=edition.name,
        ),
    ]
    for match in news.matches:
        project = match.project
        reason = word_pair(
            why.get((match.project_id, match.mentor_id), []),
            known,
            mentor=match.mentor.user.name,
            to_mentor=True,
        )
        title = project.title_outside or project.title
        people = ", ".join(member.name for member in project.members[:2])
        lines = ["— " + _("“%(title)s”", title=title) + (f" ({people})" if people else "")]
        if reason:
            lines.append(f"   {reason}")
        parts.append("\n".join(lines))
    parts.append(
        _(
            "The films, and what each of them asks of you: %(link)s",
            link=public_link("mentors.projects", edition_id=edition.id),
        )
    )
    parts += _ending(edition)
    return "\n\n".join(parts)


def _ending(edition: Edition) -> list[str]:
    lines = [_("If something does not suit you, just answer this letter.")]
    if edition.contact:
        lines.append(_("You can reach us here: %(contact)s", contact=edition.contact))
    lines.append(edition.program.name)
    return lines


def _by_project(news: News) -> list[tuple[Project, list[Match]]]:
    found: dict[int, list[Match]] = {}
    for match in news.matches:
        found.setdefault(match.project_id, []).append(match)
    return [(matches[0].project, matches) for matches in found.values()]


def _film_link(edition: Edition, project: Project) -> str:
    return public_link("filmmakers.mentors", edition_id=edition.id, project_id=project.id)
