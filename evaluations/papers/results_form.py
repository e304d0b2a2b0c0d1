"""The official form of a sheet with its results: RAGGIUNTO, scostamento, averages, analysis, shares, as a PDF.

Made of the version that was measured and of what was entered in the verifications; it says of which, and whether that
is final. Of a closed verification it is made once and kept.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from documents.models import Document, freeze
from evaluations.measures import IndicatorMeasure, SheetMeasure, StaffMeasure
from evaluations.models import Round, SheetReview
from evaluations.scoring import Average, Standing
from evaluations.scoring.writing import plain
from objectives.exchange import sheet_to_dict
from objectives.models import Sheet
from objectives.pdf import SheetForm, SheetWork, form_from_exchange, render_work
from objectives.printing import work_of
from organisation.recording import recording

Measured = tuple[Round, SheetMeasure]
"""A sheet in a verification."""

PROVISIONAL = "RISULTATI PROVVISORI – verifica non ancora chiusa"


@dataclass(frozen=True)
class Computed:
    """A number of the form: of what, how it was computed, and the per cent; empty where it does not count."""

    name: str
    words: str
    percent: str
    is_average: bool = False


@dataclass(frozen=True)
class ResultsForm(SheetForm):
    """The form with its results; `computation` says at its end how the averages came about."""

    computation: Sequence[Computed] = ()


def closed_form_document(measured: Sequence[Measured]) -> Document:
    """Return the kept form of a sheet in a closed verification, made now if it never was. Raises PdfUnavailable."""
    verification, measure = measured[0]
    sheet = measure.sheet
    closed_at: Any = verification.closed_at
    subject = f"verifica {verification.pk} {closed_at.isoformat()} scheda {sheet.fingerprint}"
    entity = verification.plan.entity
    if known := Document.objects.filter(entity=entity, subject=subject).first():
        return known
    content = render_results(measured, closed_at)
    with recording(by=None, why="Stampa in PDF"):
        return freeze(entity=entity, subject=subject, name=file_name(verification, sheet), content=content)


def render_results(measured: Sequence[Measured], created: dt.datetime) -> bytes:
    """Return the PDF. `measured` begins with the verification it is of; the earlier one may follow.

    Raises PdfUnavailable where Pango is missing.
    """
    return render_work(results_work(measured, created))


def results_work(measured: Sequence[Measured], created: dt.datetime) -> SheetWork:
    """Return what printing the form takes: the sheet in the exchange format with what was entered put in."""
    verification, measure = measured[0]
    sheet, plan = measure.sheet, verification.plan
    work = work_of(sheet)
    content = results_content(measured)
    source = {**work.source, "sheets": [content]}
    form = form_from_exchange(
        content, source, version=f"{sheet.version_id}-{verification.slug}", plan_name=plan.name,
        demo=plan.entity.is_demo, in_force_from=sheet.in_force_from, mark=sheet.mark,
        exception=sheet.approval_exception,
    )  # fmt: skip
    return SheetWork(_told(form, verification, measure), source, created)


def results_content(measured: Sequence[Measured]) -> dict[str, Any]:
    """Return the sheet in the exchange format with its results in the places that the form has for them."""
    measure = measured[0][1]
    content = sheet_to_dict(measure.sheet)
    indicators = zip(content["indicators"], measure.indicators, strict=True)
    staff = zip(content["staff"], measure.staff, strict=True)
    return {
        **content,
        "indicators": [{**row, "achieved": _achieved(one), "deviation": one.deviation} for row, one in indicators],
        "staff": [{**row, "share": _share(row["share"], one)} for row, one in staff],
        "reviews": [_review(verification, one) for verification, one in reversed(measured)],
    }


def file_name(verification: Round, sheet: Sheet) -> str:
    """Return the name under which the form is saved: "risultati-2026-finale-tecnico-3.pdf"."""
    sector = slugify(sheet.sector.match_key)[:40].strip("-")
    return f"risultati-{verification.plan.year}-{verification.slug}-{sector}-{sheet.number}.pdf"


def _achieved(one: IndicatorMeasure) -> str:
    """What the form prints under RAGGIUNTO: the text as typed, or that there was nothing to achieve."""
    typed = one.result.achieved if one.result else ""
    if one.score.standing == Standing.NOT_APPLICABLE:
        return f"{typed} (non applicabile)" if typed else "non applicabile"
    return typed


def _share(planned: str, one: StaffMeasure) -> str:
    return plain(one.share) if one.is_actual and one.share is not None else planned


def _review(verification: Round, measure: SheetMeasure) -> dict[str, str]:
    """A verification as the form has it."""
    review = measure.review or SheetReview()
    return {
        "round": verification.kind,
        "date": f"{verification.on:%d/%m/%Y}",
        "value_average": _average(measure.value),
        "time_average": _average(measure.time),
        "causes": review.causes,
        "effects": review.effects,
        "taken": review.taken,
        "to_take": review.to_take,
    }


def _average(average: Average) -> str:
    """What stands beside a label that ends with "%"."""
    if average.percent is None:
        return "niente da misurare"
    computed = f" (calcolata: {plain(average.computed)})" if average.computed is not None else ""
    return f"{plain(average.percent)}{computed}"


def _told(form: SheetForm, verification: Round, measure: SheetMeasure) -> ResultsForm:
    """The form with what its results are of, whether that is final, and how every number came about."""
    notes = [_of_what(verification), *form.notes]
    if any(one.is_actual for one in measure.staff):
        notes.append("Le quote di partecipazione sono quelle effettive, inserite nella verifica.")
    whole = {one.name: getattr(form, one.name) for one in fields(form)}
    banner = "" if verification.is_closed else PROVISIONAL
    return ResultsForm(**{**whole, "notes": notes, "banner": banner}, computation=list(_computed(measure)))


def _of_what(verification: Round) -> str:
    name = f"Risultati della {verification.get_kind_display().lower()} al {verification.on:%d/%m/%Y}"
    if verification.closed_at is None:
        return f"{name}. Sono provvisori: la verifica non è ancora chiusa."
    return f"{name}, chiusa il {timezone.localtime(verification.closed_at):%d/%m/%Y}."


def _computed(measure: SheetMeasure) -> Iterator[Computed]:
    """The indicators of each average, then the average itself."""
    for name, average, of_time in (
        ("Media valore raggiunto", measure.value, False),
        ("Media rispetto dei tempi", measure.time, True),
    ):
        for one in measure.indicators:
            if one.is_time is of_time:
                yield Computed(one.indicator.text, one.score.words, _number(one.score.percent))
        yield Computed(name, average.words, _number(average.percent), is_average=True)


def _number(percent: Decimal | None) -> str:
    return "" if percent is None else plain(percent)
