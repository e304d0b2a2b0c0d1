"""The digest of deadlines by e-mail: once a week all that comes, or once a day what is new that day.

A person gets one e-mail for each entity in which something is due, and none where nothing is.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.urls import reverse

from evaluations.choices import Digest
from evaluations.deadlines import deadlines_of
from evaluations.due import Deadline
from evaluations.feeds import sent
from evaluations.models import Subscription
from organisation.holding import hold
from organisation.models import Entity, Notice
from organisation.notices import write_notices
from organisation.recording import recording

WEEK = dt.timedelta(days=7)
WEEKS_AHEAD = 2
WORTH_A_WORD = (-7, -1, 0, 1)
"""A daily digest names a deadline a week and a day before, on its day, and the day after when it was missed."""
MONDAY = 0
LONGEST_LIST = 40


def send_digests(today: dt.date) -> int:
    """Write the digests of `today` and return how many e-mails they are. Called again the same day it writes none."""
    waiting = Subscription.objects.exclude(digest=Digest.MAI).exclude(digest_sent_on__gte=today)
    return sum(len(_digest(key, today)) for key in waiting.order_by("pk").values_list("pk", flat=True))


def _digest(key: int, today: dt.date) -> list[Notice]:
    """Write the digest of one subscription, alone: a second command waits here, and then finds it written."""
    with transaction.atomic(), recording(by=None, why="Riepilogo delle scadenze"):
        hold(Subscription.objects.filter(pk=key))
        one = Subscription.objects.select_related("user").get(pk=key)
        since = _since(one, today)
        if since is None:
            return []
        due = _worth_saying(deadlines_of(one.user, today), one.digest, since, today)
        notices = [notice for entity, mine in _by_entity(due) for notice in _notices(one, entity, mine, today)]
        if notices or one.digest == Digest.SETTIMANALE:
            sent(one, today)
        return notices


def _since(one: Subscription, today: dt.date) -> dt.date | None:
    """From when on to look; None where no digest is due today. A day on which nobody ran the command is made up for."""
    last = one.digest_sent_on
    if last is not None and last >= today:
        return None
    if one.digest == Digest.GIORNALIERO:
        return max(last or today - dt.timedelta(days=1), today - WEEK)
    monday = today - dt.timedelta(days=today.weekday())
    due = today.weekday() == MONDAY or (last is not None and last < monday)
    return monday if one.digest == Digest.SETTIMANALE and due else None


def _worth_saying(deadlines: Iterable[Deadline], how: str, since: dt.date, today: dt.date) -> list[Deadline]:
    if how == Digest.SETTIMANALE:
        ahead = today + WEEKS_AHEAD * WEEK
        return [one for one in deadlines if one.is_open(today) and (one.waits or one.on < ahead)]
    return [one for one in deadlines if one.is_open(today) and _is_news(one, since, today)]


def _is_news(one: Deadline, since: dt.date, today: dt.date) -> bool:
    """Whether one of its days lies after `since` and not after today."""
    days = (0,) if one.waits else WORTH_A_WORD
    return any(since < one.on + dt.timedelta(days=days_off) <= today for days_off in days)


def _by_entity(deadlines: Iterable[Deadline]) -> Iterator[tuple[Entity, list[Deadline]]]:
    groups: dict[int, list[Deadline]] = {}
    for one in deadlines:
        groups.setdefault(one.entity.pk, []).append(one)
    yield from ((mine[0].entity, mine) for _, mine in sorted(groups.items()))


def _notices(subscription: Subscription, entity: Entity, due: list[Deadline], today: dt.date) -> list[Notice]:
    late = sum(one.is_overdue(today) for one in due)
    subject = f"Scadenze: {len(due)}" + (f", in ritardo {late}" if late else "")
    return write_notices(
        entity, [subscription.user], subject, _body(due, today), reverse("deadlines", args=[entity.slug])
    )


def _body(due: list[Deadline], today: dt.date) -> str:
    """What comes before what was missed, of which the latest is named first: a long arrear hides nothing new."""
    late = [one for one in due if one.is_overdue(today)]
    coming = [one for one in due if not one.is_overdue(today)]
    said = [_said(one, today) for one in (*coming, *reversed(late))]
    if len(said) > LONGEST_LIST:
        said[LONGEST_LIST:] = [f"… e altre {len(said) - LONGEST_LIST}, nella pagina delle scadenze."]
    end = "Ogni quanto arriva questo riepilogo si sceglie nella pagina delle scadenze."
    return "\n\n".join((f"Scadenze al {today:%d/%m/%Y}:", *said, end))


def _said(one: Deadline, today: dt.date) -> str:
    standing = one.standing(today)
    return f"{one.on:%d/%m/%Y}{f' ({standing})' if standing else ''}: {one.name}\n    {one.where}"
