"""Files that prove a result: taken in when they are what their name says, kept for ever, put aside when mistaken."""

import uuid
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from documents.models import freeze
from documents.uploads import NotAccepted, Upload, read_upload
from evaluations.models import Aside, EvidenceFile, Round
from evaluations.permissions import why_not_enter
from evaluations.rounds.active import sheets_by_objective
from evaluations.rounds.cells import Unreadable, read_text
from evaluations.rounds.locking import fresh, held_reviews
from objectives.models import Sheet
from objectives.permissions import standing
from objectives.workflow import Refused
from organisation.models import User
from organisation.recording import recording

NOT_HERE = (
    "La scheda non è tra quelle che la verifica misura: alla sua data non è in vigore, o il testo non è in archivio."
)


def attach(
    verification: Round, objective: int, key: UUID | None, upload: "File[bytes]", note: str, *, by: User
) -> EvidenceFile:
    """Keep a file as evidence for an indicator or a phase (its `key`), or for the whole sheet of an objective (None).

    Raises Refused for a file that is empty, too large, of another type than those accepted or than its name says, or
    attached there already; and as `enter` does for role, settore and verification.
    """
    brought = _checked(upload)
    said = _read_note(note)
    with transaction.atomic(), recording(by=by, why="Prova allegata"):
        sheet = _held_sheet(verification, objective, by)
        if key is not None and key not in _keys(sheet):
            raise Refused(f"Questa riga non è più nella scheda {sheet}: ricaricare la pagina.", sheet=sheet)
        there = EvidenceFile.objects.filter(round=verification, objective=objective, key=key, aside=None)
        if there.filter(document__sha256=brought.sha256).exists():
            raise Refused(f"Il file «{brought.name}» è già allegato qui.")
        document = freeze(
            entity=verification.plan.entity,
            subject=f"prova {uuid.uuid4()}",
            name=brought.name,
            content=brought.content,
            mime=brought.mime,
        )
        file = EvidenceFile(
            round=verification, objective_id=objective, key=key, name=brought.name, document=document, note=said, by=by
        )
        file.save()
    return file


def put_aside(file: EvidenceFile, note: str, *, by: User) -> Aside:
    """Take a file from among the evidence: it is no longer shown there, and stays on record with the reason.

    Raises Refused without a reason, for one that is put aside already, and as `enter` does.
    """
    with transaction.atomic(), recording(by=by, why="Prova messa da parte"):
        _held_sheet(file.round, file.objective_id, by)
        if not note.strip():
            raise Refused("Per mettere da parte una prova scrivere perché: resta annotato.")
        if Aside.objects.filter(file=file).exists():
            raise Refused(f"Il file «{file.name}» è già stato messo da parte.")
        aside = Aside(file=file, note=note.strip(), by=by)
        aside.save()
    return aside


def _checked(upload: "File[bytes]") -> Upload:
    try:
        return read_upload(upload)
    except NotAccepted as wrong:
        raise Refused(str(wrong)) from wrong


def _read_note(note: str) -> str:
    """What the person wrote of the file. Raises Refused for a text that can't be kept."""
    try:
        return read_text(note)
    except Unreadable as wrong:
        raise Refused(f"La nota del file non si può salvare. {wrong}") from wrong


def _held_sheet(verification: Round, objective: int, by: User) -> Sheet:
    """Hold the settore of the objective, and look again. Raises Refused."""
    before = sheets_by_objective(verification, [objective]).get(objective)
    if before is None:
        raise Refused(NOT_HERE)
    (review,) = held_reviews(verification, [before.sector_id])
    now = fresh(verification)
    sheet = sheets_by_objective(now, [objective]).get(objective)
    if sheet is None or sheet.sector_id != before.sector_id:
        raise Refused(NOT_HERE)
    if refusal := why_not_enter(standing(by, now.plan.entity), now, review, review.sector):
        raise Refused(refusal)
    return sheet


def _keys(sheet: Sheet) -> set[UUID]:
    return {row.key for row in (*sheet.indicators.all(), *sheet.phases.all())}
