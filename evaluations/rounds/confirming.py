"""The responsabile confirms the results of a settore; they, or the Segretario, take the confirmation back."""

import hashlib
import json
from collections.abc import Callable, Container
from typing import Any

from django.db import transaction
from django.utils import timezone

from evaluations.choices import RoundStep
from evaluations.measures import SectorMeasure, SheetMeasure
from evaluations.measuring import measure_sector
from evaluations.models import Round, SectorReview
from evaluations.permissions import why_not_confirm, why_not_take_back
from evaluations.rounds import notifying
from evaluations.rounds.active import sectors_of
from evaluations.rounds.locking import fresh, held_reviews, passed
from evaluations.rounds.missing import missing_words
from objectives.permissions import Standing, standing
from objectives.workflow import Refused, Stale
from organisation.models import Sector, User
from organisation.recording import change_recorded, recording

NO_NOTE = "Per togliere la conferma scrivere perché: chi inserisce i risultati deve sapere che cosa correggere."
ABSENT = "Alla data della verifica {} non ha schede da misurare: non c'è niente da confermare."


READ_AGAIN = (
    "I risultati, o le schede che misurano, sono cambiati dopo che la pagina è stata aperta: rileggerli come sono "
    "adesso, poi confermare."
)


class Incomplete(Refused):
    """Something is missing. `missing` says what, sheet by sheet, in sentences."""

    def __init__(self, message: str, missing: list[str]) -> None:
        super().__init__(message)
        self.missing = missing


def confirm(verification: Round, sector: Sector, *, by: User, note: str = "", seen: str | None = None) -> SectorReview:
    """Confirm the results of a settore, as its responsabile; `seen` is the state_of them that the person read.

    Raises Stale where they are others by now; Refused for the wrong role, a settore that is confirmed already or has
    nothing to measure, a verification that is closed; Incomplete while a result, the progress of a phase, or the
    analysis of deviations (R30) is missing.
    """
    with transaction.atomic(), recording(by=by, why="Conferma dei risultati"):
        review, now = _held(verification, sector, by, why_not_confirm)
        measured = measure_sector(now, review.sector)
        if seen not in {None, state_of(measured)}:
            raise Stale(READ_AGAIN, review)
        if missing := missing_words(measured):
            raise Incomplete(f"I risultati di {review.sector.short_name} non sono completi.", missing)
        review.confirmed_by, review.confirmed_at = by, timezone.now()
        review.save()
        passed(now, RoundStep.CONFERMATA, by, note, review.sector)
        if not now.sectors.filter(sector__in=sectors_of(now), confirmed_at=None).exists():
            notifying.all_confirmed(now, by)
    return review


def take_back(verification: Round, sector: Sector, *, by: User, note: str) -> SectorReview:
    """Take the confirmation of a settore back, so that its results can be changed again.

    Raises Refused without a note, for the wrong role, a settore that is not confirmed, a verification that is closed.
    """
    with transaction.atomic(), recording(by=by, why="Conferma tolta"):
        review, now = _held(verification, sector, by, why_not_take_back)
        if not note.strip():
            raise Refused(NO_NOTE)
        review.confirmed_by = review.confirmed_at = None
        review.save()
        passed(now, RoundStep.RIPRESA, by, note, review.sector)
        notifying.taken_back(now, review.sector, by, note)
    return review


def void_confirmations(verification: Round, sectors: Container[int], by: User | None, why: str) -> list[SectorReview]:
    """Take the confirmations of these settori back, which were given for other texts; return them.

    All settori of the verification are held, so that nobody enters or confirms anything at the same moment.
    """
    void: list[SectorReview] = [one for one in held_reviews(verification) if one.sector_id in sectors]
    confirmed = [review for review in void if review.confirmed_at]
    for review in confirmed:
        review.confirmed_by = review.confirmed_at = None
        passed(verification, RoundStep.RIPRESA, by, why, review.sector)
    change_recorded(confirmed, "confirmed_by", "confirmed_at")
    return confirmed


def state_of(sector: SectorMeasure | None) -> str:
    """Return a text that is another one as soon as a sheet of the settore, or anything entered of it, is another."""
    sheets = sector.sheets if sector else ()
    return hashlib.sha256(json.dumps([_rows_of(sheet) for sheet in sheets]).encode()).hexdigest()


def state_now(verification: Round, sector: Sector) -> str:
    """Return the state_of a settore as it is now."""
    return state_of(measure_sector(verification, sector))


def _rows_of(sheet: SheetMeasure) -> list[Any]:
    """The version that is measured, and the rows entered of it with their versions."""
    rows = [
        *(one.result for one in sheet.indicators),
        *(one.progress for one in sheet.phases),
        *(one.actual for one in sheet.staff),
        sheet.review,
    ]
    files = [file.pk for files in (sheet.files, *(one.files for one in sheet.indicators)) for file in files]
    return [sheet.sheet.pk, [(row.pk, row.row_version) if row else None for row in rows], files]


def _held(
    verification: Round, sector: Sector, by: User, why_not: Callable[[Standing, Round, SectorReview], str | None]
) -> tuple[SectorReview, Round]:
    """Hold the settore of the verification: who enters results at the same moment waits, or was first."""
    absent = Refused(ABSENT.format(sector.short_name))
    if sector.entity_id != verification.plan.entity_id:
        raise absent
    (review,) = held_reviews(verification, [sector.pk])
    now = fresh(verification)
    if sector.pk not in sectors_of(now):
        raise absent
    if refusal := why_not(standing(by, now.plan.entity), now, review):
        raise Refused(refusal)
    return review, now
