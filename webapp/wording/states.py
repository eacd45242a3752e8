"""What a state is called on screen, in the reader's language."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from webapp.enums import (
    AvailabilityKind,
    ConflictStrength,
    EditionState,
    InvitationRole,
    JobState,
    LetterState,
    MatchState,
    ParticipationRole,
    ProgramRole,
    ProjectState,
    ProposalState,
    ReleaseState,
    RunState,
    SelectionVerdict,
    StandingSide,
    TermKind,
    UploadKind,
)

# By kind first: members of different enums may be equal as text.
WORDS: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    EditionState: {
        EditionState.PREPARING: _("being prepared"),
        EditionState.COLLECTING: _("collecting films and mentors"),
        EditionState.MATCHING: _("finding who works with whom"),
        EditionState.RELEASED: _("everyone has been told"),
        EditionState.RUNNING: _("under way"),
        EditionState.ARCHIVED: _("over, kept to read"),
    },
    ProgramRole: {
        ProgramRole.OWNER: _("owner"),
        ProgramRole.ORGANIZER: _("organizer"),
        ProgramRole.HELPER: _("helper"),
    },
    ParticipationRole: {
        ParticipationRole.FILMMAKER: _("filmmaker"),
        ParticipationRole.MENTOR: _("mentor"),
        ParticipationRole.GUEST: _("guest"),
    },
    InvitationRole: {
        InvitationRole.FILMMAKER: _("filmmaker"),
        InvitationRole.MENTOR: _("mentor"),
        InvitationRole.GUEST: _("guest"),
        InvitationRole.ORGANIZER: _("organizer"),
        InvitationRole.HELPER: _("helper"),
    },
    ProjectState: {
        ProjectState.DRAFT: _("draft"),
        ProjectState.SUBMITTED: _("sent in"),
        ProjectState.RETURNED: _("sent back with a question"),
        ProjectState.SELECTED: _("selected"),
        ProjectState.WAITING_LIST: _("waiting list"),
        ProjectState.NOT_THIS_TIME: _("not this time"),
        ProjectState.WITHDRAWN: _("withdrawn"),
    },
    SelectionVerdict: {
        SelectionVerdict.YES: _("yes"),
        SelectionVerdict.MAYBE: _("maybe"),
        SelectionVerdict.NO: _("no"),
    },
    RunState: {
        RunState.QUEUED: _("waiting to start"),
        RunState.RUNNING: _("working"),
        RunState.DRAFT: _("ready to look at"),
        RunState.APPLIED_IN_PART: _("taken over in part"),
        RunState.APPLIED: _("taken over"),
        RunState.DISCARDED: _("dropped"),
        RunState.FAILED: _("did not work out"),
        RunState.CANCELLED: _("stopped"),
    },
    ProposalState: {
        ProposalState.OPEN: _("suggested"),
        ProposalState.CONFIRMED: _("yes"),
        ProposalState.SET_ASIDE: _("set aside"),
        ProposalState.SUPERSEDED: _("replaced by a newer suggestion"),
        ProposalState.VOID: _("no longer possible"),
    },
    MatchState: {
        MatchState.CONFIRMED: _("decided, not told yet"),
        MatchState.RELEASED: _("told"),
        MatchState.SEEN: _("seen"),
        MatchState.ACCEPTED: _("said yes"),
        MatchState.DECLINED: _("said no"),
        MatchState.CANCELLED: _("called off"),
    },
    ConflictStrength: {
        ConflictStrength.NEVER: _("never"),
        ConflictStrength.ASK: _("ask first"),
        ConflictStrength.TELL: _("only tell"),
    },
    StandingSide: {
        StandingSide.ORGANIZER: _("the organizers"),
        StandingSide.FILMMAKER: _("the filmmaker"),
        StandingSide.MENTOR: _("the mentor"),
        StandingSide.AUTOMATIC: _("found by Campfire"),
    },
    TermKind: {
        TermKind.NEED: _("what films need"),
        TermKind.CRAFT: _("crafts"),
        TermKind.FORM: _("forms"),
        TermKind.GENRE: _("genres"),
        TermKind.STAGE: _("stages"),
        TermKind.CONFLICT: _("why not to put together"),
    },
    AvailabilityKind: {
        AvailabilityKind.ON_SITE: _("here"),
        AvailabilityKind.ONLINE: _("online"),
    },
    UploadKind: {
        UploadKind.TREATMENT: _("treatment"),
        UploadKind.SCRIPT: _("script"),
        UploadKind.OTHER: _("other"),
    },
    JobState: {
        JobState.QUEUED: _("waiting to start"),
        JobState.RUNNING: _("working"),
        JobState.DONE: _("done"),
        JobState.FAILED: _("did not work out"),
        JobState.CANCELLED: _("stopped"),
    },
    ReleaseState: {
        ReleaseState.DRAFT: _("being prepared"),
        ReleaseState.RELEASED: _("everyone has been told"),
        ReleaseState.DISCARDED: _("dropped"),
    },
    LetterState: {
        LetterState.HELD: _("not sent yet"),
        LetterState.QUEUED: _("on its way"),
        LetterState.SENDING: _("on its way"),
        LetterState.SENT: _("sent"),
        LetterState.SENT_BY_HAND: _("passed on by hand"),
        LetterState.FAILED: _("could not be sent"),
        LetterState.UNSURE: _("may have been sent: ask the person"),
        LetterState.DISCARDED: _("dropped"),
    },
}


def word_state(state: StrEnum) -> str:
    """Give a state's words on screen."""
    return str(WORDS[type(state)][state])
