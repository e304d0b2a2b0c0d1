"""E-mails that something waits for a person: written with the deed that causes them, they stand or fall with it.

The job that sends one is queued in the same database and the same transaction: it exists when the deed does, no worker
sees it before the commit, and a process that dies right after the commit loses none.
"""

from collections.abc import Iterable

from organisation.models import Entity, Notice, User
from organisation.recording import create_recorded
from organisation.tasks import send_notice

LONGEST_SUBJECT = 200


def write_notices(entity: Entity, people: Iterable[User], subject: str, body: str, path: str = "") -> list[Notice]:
    """Write one notice to each of `people` who is active and has an e-mail address, and queue their sending.

    `path` is the page of the program where the thing waits. Call it inside the deed's transaction.
    """
    reached = {person.pk: person for person in people if person.is_active and person.email}
    line = " ".join(subject.split())[:LONGEST_SUBJECT]
    notices = create_recorded(
        [Notice(entity=entity, to=person, subject=line, body=body, path=path) for person in reached.values()]
    )
    for notice in notices:
        send_notice.enqueue(pk=notice.pk)
    return notices
