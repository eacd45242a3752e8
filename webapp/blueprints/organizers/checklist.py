"""The overview: where a year stands, and the one thing to do now."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import access, db
from webapp.blueprints.organizers import blueprint
from webapp.services import learned_weights, overview
from webapp.services.overview import Overview

PAGES = {
    "invite": "organizers.people",
    "select": "organizers.selection",
    "apart": "organizers.apart",
    "suggest": "organizers.suggest",
    "tell": "organizers.tell",
}


@blueprint.get("/<int:edition_id>/")
@access.organizer
def checklist(edition_id: int) -> Any:
    """Show the steps of a year, what is done, and what comes next."""
    found = overview.view_overview(db.session(), g.edition)
    learned = learned_weights.find_learned(db.session(), g.edition)
    return render_template(
        "organizers/checklist.html",
        found=found,
        steps=_steps(found),
        next_step=_next(found),
        has_learned=learned_weights.is_worth_a_link(learned, g.edition),
    )


def _url(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, edition_id=g.edition.id, **values)


def _steps(found: Overview) -> list[tuple[str, str, str, str]]:
    """Give each step's name, state, page, and its line of counts."""
    labels = {
        "invite": (_("Invite films and mentors"), _invite_line(found)),
        "select": (_("Choose the films"), _select_line(found)),
        "apart": (_("Say who must not meet"), _apart_line(found)),
        "suggest": (_("Suggest pairs, and decide"), _suggest_line(found)),
        "tell": (_("Tell everyone"), _tell_line(found)),
    }
    if not found.has_selection:
        labels["select"] = (_("Choosing is switched off"), _select_line(found))

    def state(step: str) -> str:
        if step in found.done:
            return "done"
        return "current" if step == found.next_step else "todo"

    setting_up = (
        _("The lab and its year"),
        "done",
        _url("organizers.edition_settings"),
        _("Place, days, languages, how many mentors a film gets."),
    )
    return [
        setting_up,
        *((label, state(step), _page(step, found), line) for step, (label, line) in labels.items()),
    ]


def _page(step: str, found: Overview) -> str:
    if step == "suggest" and found.n_pairs:
        return _url("organizers.plan_list")
    return _url(PAGES[step])


def _next(found: Overview) -> tuple[str, str, str]:
    """Give the next step's sentence, the words on its button, and its page."""
    step = found.next_step
    if step == "invite":
        return _next_invite(found)
    if step == "select":
        if not found.n_undecided:
            return (
                _("No film is selected yet."),
                _("Choose the films"),
                _url("organizers.selection"),
            )
        sentence = ngettext(
            "%(num)d film waits for your choice.",
            "%(num)d films wait for your choice.",
            found.n_undecided,
        )
        return sentence, _("Choose the films"), _url("organizers.selection")
    if step == "suggest" and found.n_open:
        sentence = ngettext(
            "%(num)d pair waits for your word.",
            "%(num)d pairs wait for your word.",
            found.n_open,
        )
        return sentence, _("Go through the list"), _url("organizers.plan_list")
    if step == "suggest":
        sentence = ngettext(
            "%(num)d film is selected and nobody is paired yet.",
            "%(num)d films are selected and nobody is paired yet.",
            found.n_selected,
        )
        return sentence, _("Suggest pairs"), _url("organizers.suggest")
    if step == "tell":
        sentence = ngettext(
            "%(num)d pair has your yes, and nobody has heard of it yet.",
            "%(num)d pairs have your yes, and nobody has heard of them yet.",
            found.n_untold,
        )
        return sentence, _("Tell everyone"), _url("organizers.tell")
    return _("Everyone has been told."), _("See who is with whom"), _url("organizers.plan_list")


def _next_invite(found: Overview) -> tuple[str, str, str]:
    if not found.n_mentors:
        return (
            _("Begin with the people. A link is enough, or paste the biography of a guest."),
            _("Invite a mentor"),
            _url("organizers.invite", role="mentor"),
        )
    return (
        _("The mentors have begun to come. No film has been sent in yet."),
        _("Invite a filmmaker"),
        _url("organizers.invite", role="filmmaker"),
    )


def _invite_line(found: Overview) -> str:
    parts = [
        ngettext("%(num)d film sent in", "%(num)d films sent in", found.n_sent_in),
    ]
    if found.n_drafts:
        parts.append(ngettext("%(num)d draft", "%(num)d drafts", found.n_drafts))
    parts.append(ngettext("%(num)d mentor", "%(num)d mentors", found.n_mentors))
    if found.n_mentors_unseen:
        parts.append(
            ngettext(
                "%(num)d not yet seen by them",
                "%(num)d not yet seen by them",
                found.n_mentors_unseen,
            )
        )
    if found.n_invitations:
        parts.append(
            ngettext(
                "%(num)d invitation not taken up",
                "%(num)d invitations not taken up",
                found.n_invitations,
            )
        )
    return ", ".join(parts)


def _select_line(found: Overview) -> str:
    parts = [ngettext("%(num)d selected", "%(num)d selected", found.n_selected)]
    if found.n_undecided:
        parts.append(
            ngettext("%(num)d not decided yet", "%(num)d not decided yet", found.n_undecided)
        )
    return ", ".join(parts)


def _apart_line(found: Overview) -> str:
    parts = [
        ngettext("%(num)d entry", "%(num)d entries", found.n_conflicts)
        if found.n_conflicts
        else _("nobody so far")
    ]
    if found.n_notes:
        parts.append(
            ngettext("%(num)d person wrote to you", "%(num)d people wrote to you", found.n_notes)
        )
    return ", ".join(parts)


def _suggest_line(found: Overview) -> str:
    if not found.n_pairs:
        return _("Campfire proposes, you decide about each pair.")
    parts = [ngettext("%(num)d yes", "%(num)d yes", found.n_confirmed)]
    if found.n_open:
        parts.append(ngettext("%(num)d waits for you", "%(num)d wait for you", found.n_open))
    if found.n_missing:
        parts.append(
            ngettext("%(num)d place is empty", "%(num)d places are empty", found.n_missing)
        )
    return ", ".join(parts)


def _tell_line(found: Overview) -> str:
    if found.is_told and not found.n_untold:
        return _("done")
    if found.is_told:
        return ngettext(
            "%(num)d change not told yet", "%(num)d changes not told yet", found.n_untold
        )
    return _("Nobody hears anything before this.")
