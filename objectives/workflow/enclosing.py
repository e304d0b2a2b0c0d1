"""Files enclosed with a change while it is on its way, for whoever reads the draft."""

import uuid

from django.core.files.base import File
from django.db import transaction

from documents.models import freeze
from documents.uploads import NotAccepted, Upload, read_upload
from objectives.models import Enclosure, Sheet
from objectives.permissions import SheetDeed
from objectives.workflow.locking import allowed, locked
from objectives.workflow.refusals import Refused
from organisation.models import User
from organisation.recording import recording


def enclose(sheet: Sheet, file: "File[bytes]", *, by: User, note: str = "") -> Enclosure:
    """Keep a file with an open version; it is never part of the sheet, and stays.

    Raises Refused for who may not see the draft, one that is adopted or withdrawn, and for a file that is empty, too
    large, of another type than those accepted or than its name says, or enclosed already.
    """
    brought = _checked(file)
    with transaction.atomic(), recording(by=by, why="File allegato alla bozza"):
        draft = locked(sheet)
        allowed(SheetDeed.DISCUSS, draft, by)
        if draft.enclosures.filter(document__sha256=brought.sha256).exists():
            raise Refused(f"Il file «{brought.name}» è già allegato a questa bozza.")
        document = freeze(
            entity=draft.objective.plan.entity,
            subject=f"allegato {uuid.uuid4()}",
            name=brought.name,
            content=brought.content,
            mime=brought.mime,
        )
        enclosure = Enclosure(sheet=draft, name=brought.name, document=document, note=note.strip(), by=by)
        enclosure.save()
        return enclosure


def _checked(file: "File[bytes]") -> Upload:
    try:
        return read_upload(file)
    except NotAccepted as wrong:
        raise Refused(str(wrong)) from wrong
