"""Clerical errors: noted beside the adopted text, which stays as it is."""

from django.db import transaction

from objectives.choices import PassageKind
from objectives.models import Correction, Sheet
from objectives.permissions import SheetDeed
from objectives.workflow.locking import allowed, locked, passed
from objectives.workflow.refusals import Refused
from organisation.models import User
from organisation.recording import recording


def correct(sheet: Sheet, *, place: str, right: str, note: str, written: str = "", by: User) -> Correction:
    """Note a clerical error of an adopted sheet (errata corrige): where, what is written, what is right, and why.

    The text stays as the act adopted it (R08). The same correction twice is kept once. Raises Refused for the wrong
    role, a sheet that is not adopted, or an empty place, right text or note.
    """
    with transaction.atomic(), recording(by=by, why="Rettifica di errore materiale"):
        adopted = locked(sheet)
        allowed(SheetDeed.CORRECT, adopted, by)
        place, right, note, written = place.strip(), right.strip(), note.strip(), written.strip()
        if not (place and right and note):
            raise Refused("Per una rettifica servono il punto della scheda, il testo corretto e il motivo.")
        if right == written:
            raise Refused("Il testo corretto è uguale a quello registrato: non c'è nulla da rettificare.")
        same = {"place": place, "right": right, "written": written}
        if known := adopted.corrections.filter(**same).first():
            return known
        correction = Correction(sheet=adopted, note=note, by=by, **same)
        correction.save()
        passed(adopted, PassageKind.RETTIFICATA, by, f"{place}: {note}")
        return correction
