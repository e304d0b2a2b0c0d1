"""Puts the act itself on record from its part of the exchange format: header, attendance, opinions, citations."""

import datetime as dt
from typing import Any

from django.utils import timezone

from deliberations.models import Attendance, Citation, Deliberation, Opinion
from organisation.models import Entity
from organisation.recording import create_recorded

# What follows an adoption, by its name in the exchange format, and is entered once when it is known.
LATER_DATES = {
    "publication_start": "published_on",
    "publication_days": "publication_days",
    "group_leaders_informed_on": "group_leaders_informed_on",
    "enforceable_on": "enforceable_on",
}
COUNTED_VOTES = (
    *("votes_for", "votes_against", "abstained"),
    *("immediate_for", "immediate_against", "immediate_abstained"),
)


def find_act(source: dict[str, Any], entity: Entity) -> Deliberation | None:
    """Return the registered act that has the body, number and year of `source`."""
    key = {name: source[name] for name in ("body", "number", "year")}
    return Deliberation.objects.registered().filter(entity=entity, **key).first()


def make_act(source: dict[str, Any], entity: Entity, immediate_reason: str = "") -> Deliberation:
    """Store an act, not yet registered, with its attendance and opinions."""
    act = Deliberation(entity=entity, **{name: source[name] for name in ("body", "number", "year")})
    return _described(act, source, immediate_reason)


def describe_cited(act: Deliberation, source: dict[str, Any], immediate_reason: str = "") -> None:
    """Give an act known only because others cite it what it says of itself; `complete_cited` closes it.

    Its effect was taken to begin on its session, the only day that was known; now it is the act's own (R17).
    """
    act.in_force_from = None
    _described(act, source, immediate_reason)


def complete_cited(act: Deliberation) -> None:
    """Close the act: its text is on file now, and the database refuses any change of what it says (R08)."""
    act.on_file = True
    act.counting = act.entity.counting
    act.in_force_from = act.days.in_force_from
    act.save()


def _described(act: Deliberation, source: dict[str, Any], immediate_reason: str) -> Deliberation:
    act.session_on = _day(source["date"])
    act.session_time = dt.time.fromisoformat(source["time"]) if source["time"] else None
    for key, name in LATER_DATES.items():
        setattr(act, name, source[key] if key == "publication_days" else _day(source[key]))
    for name in ("subject", "immediately_enforceable"):
        setattr(act, name, source[name])
    for name in ("secretary", "proposer", "vote"):
        setattr(act, name, source[name] or "")
    for name in COUNTED_VOTES:
        setattr(act, name, source.get(name))
    act.immediate_reason = immediate_reason or source.get("immediate_reason", "")
    act.save()
    create_recorded(
        [Attendance(deliberation=act, position=n, **member) for n, member in enumerate(source["members"], 1)]
    )
    create_recorded([_opinion(act, n, opinion) for n, opinion in enumerate(source["opinions"], 1)])
    return act


def make_citations(act: Deliberation, sources: list[dict[str, Any]]) -> list[Deliberation]:
    """Store which acts `act` cites, and return them.

    One that is not on record is made with body, number, year and date alone, never with a text.
    """
    cited = [_cited(act, source) for source in sources]
    create_recorded([Citation(deliberation=act, cited=other, position=n) for n, other in enumerate(cited, 1)])
    return cited


def register(act: Deliberation) -> None:
    """Close the act: from here on the database refuses any change of what it says (R08)."""
    act.counting = act.entity.counting
    act.in_force_from = act.days.in_force_from
    act.registered_at = timezone.now()
    act.save()


def complete_dates(act: Deliberation, dates: dict[str, Any]) -> None:
    """Put these LATER_DATES on an act, and the day from which it has effect with them; the caller saves it."""
    for key, value in dates.items():
        setattr(act, LATER_DATES[key], value if key == "publication_days" else _day(value))
    act.in_force_from = act.days.in_force_from


def _opinion(act: Deliberation, position: int, source: dict[str, Any]) -> Opinion:
    return Opinion(
        deliberation=act,
        position=position,
        kind=source["kind"],
        outcome=source["outcome"],
        signer=source["signer"] or "",
        given_on=_day(source["date"]),
    )


def _cited(act: Deliberation, source: dict[str, Any]) -> Deliberation:
    source = {"body": act.body, **source}
    known = find_act(source, act.entity)
    if known:
        return known
    session = _day(source["date"])
    cited = Deliberation(
        entity=act.entity,
        body=source["body"],
        number=source["number"],
        year=source["year"],
        on_file=False,
        session_on=session,
        # Its effect is not on record either: it is taken to begin on its session, the only day that is known.
        in_force_from=session,
        registered_at=timezone.now(),
    )
    cited.save()
    return cited


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
