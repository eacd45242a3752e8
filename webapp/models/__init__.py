"""What is stored: columns, relationships, constraints; no rules."""

from webapp.models.base import Base, UTCDateTime, Versioned, utc_now
from webapp.models.editions import (
    Activity,
    Consent,
    Edition,
    FormNonce,
    Program,
    ProgramMember,
    Term,
)
from webapp.models.learning import LearnedWeights
from webapp.models.participations import Availability, Participation, ProfileVersion
from webapp.models.people import Invitation, PersonalLink, SignInFailure, SignInSession, User
from webapp.models.plan import (
    Match,
    PairStanding,
    Plan,
    PlanChange,
    PlanLine,
    Proposal,
    Run,
    RunLine,
)
from webapp.models.projects import Project, ProjectMember, SelectionNote, Upload
from webapp.models.work import (
    Job,
    Letter,
    Meeting,
    MeetingMentor,
    MeetingProject,
    Release,
    Room,
    TextVector,
)

__all__ = [
    "Activity",
    "Availability",
    "Base",
    "Consent",
    "Edition",
    "FormNonce",
    "Invitation",
    "Job",
    "LearnedWeights",
    "Letter",
    "Match",
    "Meeting",
    "MeetingMentor",
    "MeetingProject",
    "PairStanding",
    "Participation",
    "PersonalLink",
    "Plan",
    "PlanChange",
    "PlanLine",
    "ProfileVersion",
    "Program",
    "ProgramMember",
    "Project",
    "ProjectMember",
    "Proposal",
    "Release",
    "Room",
    "Run",
    "RunLine",
    "SelectionNote",
    "SignInFailure",
    "SignInSession",
    "Term",
    "TextVector",
    "UTCDateTime",
    "Upload",
    "User",
    "Versioned",
    "utc_now",
]
