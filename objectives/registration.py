"""What a session of the Giunta adds to a proposal, when it becomes an act."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from deliberations.models import Deliberation


@dataclass(frozen=True)
class Member:
    """A member of the Giunta at the session."""

    name: str
    office: str
    present: bool


@dataclass(frozen=True)
class Registration:
    """What the session added to the proposal: the fields of the act of the same names, and who was there."""

    number: int
    year: int
    session_on: dt.date
    members: Sequence[Member] = ()
    body: str = "Giunta Comunale"
    session_time: dt.time | None = None
    secretary: str = ""
    vote: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    immediately_enforceable: bool = False
    immediate_reason: str = ""
    immediate_for: int | None = None
    immediate_against: int | None = None
    immediate_abstained: int | None = None
    published_on: dt.date | None = None
    publication_days: int | None = None
    group_leaders_informed_on: dt.date | None = None
    enforceable_on: dt.date | None = None
    enforceable_note: str = ""

    def put_on(self, act: Deliberation) -> None:
        """Give an act these data, but for the members, which are rows of their own."""
        for one in fields(self):
            if one.name != "members":
                setattr(act, one.name, getattr(self, one.name))
