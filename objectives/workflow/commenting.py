"""What people say about a change while it is on its way, and whom they name with @."""

import re
from collections.abc import Iterator

from django.db import transaction

from objectives import notifying
from objectives.models import Comment, Sheet
from objectives.permissions import SheetDeed, who_sees_drafts
from objectives.workflow.locking import allowed, locked
from objectives.workflow.refusals import Refused
from organisation.models import User
from organisation.recording import recording

LONGEST = 4000
NAMED = re.compile(r"(?<![\w.+-])@([\w.@+-]+)")
"""An @ with a user name; in an e-mail address something stands before the @."""


def comment(sheet: Sheet, text: str, *, by: User, to: User | None = None) -> Comment:
    """Keep a comment on an open version, and tell those it names with @, and `to`, by e-mail.

    It changes nothing of the sheet and never leaves its draft. The same comment twice in a row is kept once. Raises
    Refused for who may not see the draft, one that is adopted or withdrawn, an empty or too long text, and a name of
    somebody who may not see the draft.
    """
    with transaction.atomic(), recording(by=by, why="Commento"):
        draft = locked(sheet)
        allowed(SheetDeed.DISCUSS, draft, by)
        said = _readable(text)
        named = {person.pk: person for person in _named(draft, said, to)}
        last = draft.comments.last()
        if last and (last.by_id, last.note) == (by.pk, said) and {one.pk for one in last.mentions.all()} == set(named):
            return last
        made = Comment(sheet=draft, note=said, by=by)
        made.save()
        made.mentions.set(named.values())
        notifying.commented(draft, made, named.values())
        return made


def _readable(text: str) -> str:
    said = text.strip()
    if not said:
        raise Refused("Scrivere il commento.")
    if len(said) > LONGEST:
        raise Refused(f"Un commento ha al massimo {LONGEST} caratteri: qui sono {len(said)}.")
    return said


def _named(draft: Sheet, text: str, to: User | None) -> Iterator[User]:
    """Yield those whom a text names, and `to`. Raises Refused for a name that is not among those who see the draft."""
    people = list(who_sees_drafts(draft.sector))
    names = {person.username.casefold(): person for person in people} | {one.username: one for one in people}
    if to is not None:
        if to not in people:
            raise Refused(_stranger(str(to)))
        yield names[to.username]
    for written in NAMED.findall(text):
        name = written if written in names else written.rstrip(".@+-")
        person = names.get(name) or names.get(name.casefold())
        if person is None:
            raise Refused(_stranger(f"@{name}"))
        yield person


def _stranger(name: str) -> str:
    return f"«{name}» non è tra chi vede questa bozza: si può citare solo chi è nell'elenco «Chi avvisare»."
