"""Letters about what changed since somebody was told: kind, plain, without anybody's reasons."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp.enums import LetterKind, ProjectState
from webapp.letters import language_for, public_link, release_writer
from webapp.models import Edition, Match, Project, User
from webapp.services import change_drafts, participations
from webapp.services.releases import LetterWriter, News


def news_writer(session: Session, edition: Edition) -> LetterWriter:
    """Give a writer of whatever a person has to hear: the first news, or a change."""
    write_first = release_writer(session, edition)
    people = participations.list_participations(session, edition)
    wished = {person.user_id: person.language for person in people if person.language}

    def write(edition: Edition, news: News) -> tuple[str, str, str]:
        if not news.is_change:
            return write_first(edition, news)
        language = language_for(news.user, edition, wished.get(news.user.id, ""))
        with force_locale(language):
            # No title and no name: a subject is read over shoulders and in previews.
            subject = _("%(lab)s: a change in who you work with", lab=edition.program.name)
            return language, subject, "\n\n".join(_paragraphs(edition, news))

    return write


def keep_up(session: Session, edition: Edition, actor: User) -> None:
    """Draft anew what people have to hear, unless somebody has corrected the letters."""
    change_drafts.keep_up(
        session, edition, actor=actor, writer=lambda: news_writer(session, edition)
    )


def _paragraphs(edition: Edition, news: News) -> list[str]:
    lab = f"{edition.program.name} {edition.name}"
    for_mentor = news.kind is LetterKind.RELEASE_MENTOR
    said = [_("Hello %(name)s,", name=news.user.name)]
    said.append(_("something has changed at %(lab)s in who works with whom.", lab=lab))
    said += _for_mentor(edition, news) if for_mentor else _for_filmmaker(edition, news)
    if news.ended:
        said.append(_("We are sorry for the change of plan, and thank you for bearing with us."))
    said.append(_("If something does not suit you, just answer this letter."))
    if edition.contact:
        said.append(_("You can reach us here: %(contact)s", contact=edition.contact))
    said.append(edition.program.name)
    return said


def _for_filmmaker(edition: Edition, news: News) -> list[str]:
    touched = {match.project_id: match.project for match in (*news.ended, *news.matches)}
    said = []
    for project in touched.values():
        parts = [_("“%(title)s”", title=project.title_outside or project.title)]
        parts += _names(_("no longer with you"), news.ended, project)
        parts += _names(_("new with you"), news.matches, project)
        parts += _names(_("with you as before"), news.staying, project)
        said.append("\n".join(parts))
        has_somebody = any(
            match.project_id == project.id for match in (*news.matches, *news.staying)
        )
        if not has_somebody and project.state is ProjectState.SELECTED:
            said.append(
                _("Right now nobody is planned for this film. Speak with us: we look for a way.")
            )
        link = public_link("filmmakers.mentors", edition_id=edition.id, project_id=project.id)
        said.append(_("Read more here: %(link)s", link=link))
    return said


def _names(label: str, matches: Iterable[Match], project: Project) -> list[str]:
    names = [match.mentor.user.name for match in matches if match.project_id == project.id]
    return [f"— {label}: {', '.join(names)}"] if names else []


def _for_mentor(edition: Edition, news: News) -> list[str]:
    parts = [
        *_titles(_("no longer with you"), news.ended),
        *_titles(_("new with you"), news.matches),
        *_titles(_("with you as before"), news.staying),
    ]
    link = public_link("mentors.projects", edition_id=edition.id)
    return [
        "\n".join(parts),
        _("The films, and what each of them asks of you: %(link)s", link=link),
    ]


def _titles(label: str, matches: Iterable[Match]) -> list[str]:
    titles = [
        _("“%(title)s”", title=match.project.title_outside or match.project.title)
        for match in matches
    ]
    return [f"— {label}: {', '.join(titles)}"] if titles else []
