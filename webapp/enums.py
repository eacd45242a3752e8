"""Every state and kind the application knows, in one file.

Values are stored and exported: add, never rename. What a state is called on
screen is the business of :mod:`webapp.wording`.
"""

from __future__ import annotations

from enum import StrEnum


class EditionState(StrEnum):
    """One year's run of a lab, from the first form to the archive."""

    PREPARING = "preparing"
    COLLECTING = "collecting"
    MATCHING = "matching"
    RELEASED = "released"
    RUNNING = "running"
    ARCHIVED = "archived"


class ProgramRole(StrEnum):
    """What someone may do for a lab."""

    OWNER = "owner"
    ORGANIZER = "organizer"
    HELPER = "helper"


class ParticipationRole(StrEnum):
    """As what someone takes part in an edition; one person may be several."""

    FILMMAKER = "filmmaker"
    MENTOR = "mentor"
    GUEST = "guest"


class InvitationRole(StrEnum):
    """What an invitation makes of the person who takes it up."""

    FILMMAKER = "filmmaker"
    MENTOR = "mentor"
    GUEST = "guest"
    ORGANIZER = "organizer"
    HELPER = "helper"


class ProjectState(StrEnum):
    """A project's way to the matching. Only selected projects enter a run."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SELECTED = "selected"
    WAITING_LIST = "waiting_list"
    NOT_THIS_TIME = "not_this_time"
    WITHDRAWN = "withdrawn"


class SelectionVerdict(StrEnum):
    """A reader's opinion before selection."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class RunState(StrEnum):
    """One working of the model; it ends as a draft and changes nothing else."""

    QUEUED = "queued"
    RUNNING = "running"
    DRAFT = "draft_plan"
    APPLIED_IN_PART = "applied_in_part"
    APPLIED = "applied"
    DISCARDED = "discarded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ProposalState(StrEnum):
    """An offered pair that waits for an organizer's word."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    SET_ASIDE = "set_aside"
    SUPERSEDED = "superseded"
    VOID = "void"


class MatchState(StrEnum):
    """A confirmed pair. Ended rows stay."""

    CONFIRMED = "confirmed"
    RELEASED = "released"
    SEEN = "seen"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"


ENDED_MATCH_STATES = (MatchState.DECLINED, MatchState.CANCELLED)


class DeclineReach(StrEnum):
    """How far a decline reaches into later runs."""

    NOT_NOW = "not_now"
    NOT_THIS_PROJECT = "not_this_project"
    NOT_THIS_YEAR = "not_this_year"


class PairPlace(StrEnum):
    """Where a pair stands in the plan: what a plan line moves it from and to.

    ``NONE``: nobody offers it. ``PROPOSED``: waits for a word. ``CONFIRMED``:
    an organizer said yes. ``SET_ASIDE``: an organizer said no, with a reason;
    not proposed again while that stands.
    """

    NONE = "none"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    SET_ASIDE = "set_aside"


class LineAspect(StrEnum):
    """Which side of a pair a plan line changes."""

    PLACE = "place"
    LOCK = "lock"
    FORBID = "forbid"


class Said(StrEnum):
    """Whether an organizer's *keep* or *not together* stands."""

    YES = "yes"
    NO = "no"


class ChangeSource(StrEnum):
    """Who made a change to the plan."""

    SOLVER = "solver"
    HAND = "hand"
    BULK_FILE = "bulk_file"
    UNDO = "undo"
    # The plan as it stood earlier; the change names the step it goes back to.
    RETURN = "return"


class StandingKind(StrEnum):
    """What stands between, or for, a pair; it outlives every run."""

    LOCK = "lock"
    FORBID = "forbid"
    CONFLICT = "conflict"
    WISH = "wish"
    VETO = "veto"
    PAST_DECLINE = "past_decline"


class ConflictStrength(StrEnum):
    """How much a conflict weighs: only ``never`` forbids the pair."""

    NEVER = "never"
    ASK = "ask"
    TELL = "tell"


class StandingSide(StrEnum):
    """Who said so. What one side keeps private the other never sees."""

    ORGANIZER = "organizer"
    FILMMAKER = "filmmaker"
    MENTOR = "mentor"
    AUTOMATIC = "automatic"


class TermKind(StrEnum):
    """The lists an edition keeps."""

    NEED = "need"
    CRAFT = "craft"
    FORM = "form"
    GENRE = "genre"
    STAGE = "stage"
    CONFLICT = "conflict_kind"


class AvailabilityKind(StrEnum):
    """Here in person, or on a line."""

    ON_SITE = "on_site"
    ONLINE = "online"


class ProfileSubject(StrEnum):
    """Whose words a stored profile version holds."""

    PROJECT = "project"
    PARTICIPATION = "participation"


class UploadKind(StrEnum):
    """What a file is."""

    TREATMENT = "treatment"
    SCRIPT = "script"
    OTHER = "other"


class JobKind(StrEnum):
    """Work that a page starts and the worker does."""

    RUN = "run"
    READ_TEXTS = "read_texts"
    LEARN_WEIGHTS = "learn_weights"
    SEND_LETTERS = "send_letters"


class JobState(StrEnum):
    """Where a piece of work stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ReleaseState(StrEnum):
    """The moment people are told: prepared, then told, or dropped."""

    DRAFT = "draft"
    RELEASED = "released"
    DISCARDED = "discarded"


class LetterKind(StrEnum):
    """What a letter is about."""

    RELEASE_FILMMAKER = "release_filmmaker"
    RELEASE_MENTOR = "release_mentor"
    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"


class LetterState(StrEnum):
    """A letter's way out; ``UNSURE`` means that its fate is not known."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    SENT_BY_HAND = "sent_by_hand"
    FAILED = "failed"
    UNSURE = "unsure"
    DISCARDED = "discarded"


class LinkPurpose(StrEnum):
    """What a personal link opens."""

    SIGN_IN = "sign_in"
    PASSWORD_RESET = "password_reset"
    PROFILE = "profile"


class MeetingState(StrEnum):
    """A session of the timetable."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    MISSED = "missed"
