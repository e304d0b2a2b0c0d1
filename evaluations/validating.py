"""The deeds around a validation: hand over to the Nucleo, remark, decide (R20, R22).

The Nucleo decides on one frozen package. A later act leaves a validation in history, decided or still to be decided,
and asks for one of its own: the Nucleo may still speak of the older package, whose page says that it was overtaken.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from deliberations.models import Deliberation
from documents.codes import new_code
from evaluations.choices import DECIDED, ReportState, ValidationKind, ValidationState
from evaluations.models import Remark, Report, Validation
from evaluations.packages import jobs, progress, telling
from evaluations.packages.conflicts import why_exception
from objectives.models import Plan, Sheet
from objectives.permissions import standing
from objectives.workflow import Refused, Stale
from objectives.workflow.locking import locked_entity
from organisation.holding import hold
from organisation.models import Entity, User
from organisation.recording import recording
from organisation.roles import Deed, roles_that_may

WAITING = (ValidationState.IN_PREPARAZIONE, ValidationState.DA_VALIDARE)
CHANGED = "La validazione è cambiata dopo che la pagina è stata aperta: rileggerla com'è adesso, e ripetere."
REMARK_CHANGED = "Questo rilievo è cambiato dopo che la pagina è stata aperta: rileggerlo com'è adesso, e ripetere."


def request_validation(
    plan: Plan, *, act: Deliberation | None = None, report: Report | None = None, by: User
) -> Validation:
    """Hand the plan as it stands after `act`, or the Relazione, over to the Nucleo: its package is prepared.

    Raises Refused for the wrong role, for what is not adopted or not on file, and where a validation of the same waits
    already or was given.
    """
    _allowed(by, plan.entity, Deed.EVALUATE)
    with transaction.atomic(), recording(by=by, why="Trasmissione al Nucleo", act=act.short if act else ""):
        locked_entity(plan.entity)
        if act is not None:
            _refuse_unfit_act(plan, act)
        elif report is None or _held_report(report).state != ReportState.APPROVATA:
            raise Refused("La Relazione si trasmette al Nucleo dopo che un atto l'ha approvata (R22).")
        _refuse_second(plan.validations.filter(act=act, report=report))
        return _handed_over(plan, act, report, by)


def after_adoption(act: Deliberation, by: Any) -> None:
    """Hand over to the Nucleo every plan that an act has just changed; called in the transaction of the adoption."""
    for plan in Plan.objects.filter(objectives__sheets__deliberation=act).distinct():
        _handed_over(plan, act, None, by)


def ask_again(validation: Validation, *, by: User) -> Validation:
    """Have the files of a validation made whose making failed or was stopped. Raises Refused while it goes on."""
    person = standing(by, validation.plan.entity)
    if not (person.may(Deed.EVALUATE) or person.may(Deed.VALIDATE)):
        raise Refused("La preparazione la chiede di nuovo il Segretario o il Nucleo di Valutazione.")
    with transaction.atomic(), recording(by=by, why="Preparazione del fascicolo chiesta di nuovo"):
        held = _held(validation)
        if not progress.progress(held).can_be_asked_again:
            raise Refused("La preparazione è in corso, o è già finita: ricaricare la pagina.")
        held.problem = ""
        held.save()
        jobs.begin(held)
        return held


def remark(
    validation: Validation, sheet: Sheet | None, text: str, *, by: User, row_version: int | None = None
) -> Remark | None:
    """Write what the Nucleo says of a sheet, or of the whole package (None); an empty text takes it away.

    `row_version` is the one of the remark that the person read, None where there was none. Raises Refused and Stale.
    """
    with transaction.atomic(), recording(by=by, why="Rilievo del Nucleo", act=_act(validation)):
        held = _to_be_decided(validation, by)
        if sheet is not None and not held.files.filter(sheet=sheet).exists():
            raise Refused(f"La scheda {sheet} non è in questo fascicolo.")
        found = held.remarks.filter(sheet=sheet).first()
        if (found.row_version if found else None) != row_version:
            raise Stale(REMARK_CHANGED, found or held)
        written = _write(found or Remark(validation=held, sheet=sheet, row_version=0), text.strip(), by)
        held.row_version += 1  # who decides on a page without this remark is told
        held.save()
        return written


def _write(remark: Remark, text: str, by: User) -> Remark | None:
    if text:
        remark.text, remark.by = text, by
        remark.row_version += 1
        remark.save()
        return remark
    if remark.pk:
        remark.delete()
    return None


def decide(
    validation: Validation,
    state: str,
    *,
    minutes_number: str,
    minutes_on: dt.date,
    members: Sequence[str],
    reasons: str = "",
    exception: str = "",
    by: User,
    row_version: int | None = None,
) -> Validation:
    """Record what the Nucleo decided on a frozen package, for ever; the validated files are then printed.

    `state` is VALIDATA, CON_RILIEVI or RESTITUITA. `exception` is the written reason that R20 wants, kept where it is
    needed. Raises Refused and Stale.
    """
    with transaction.atomic(), recording(by=by, why="Decisione del Nucleo", act=_act(validation)):
        held = _to_be_decided(validation, by)
        if row_version is not None and held.row_version != row_version:
            raise Stale(CHANGED, held)
        present = list(dict.fromkeys(" ".join(name.split()) for name in members if name.strip()))
        _refuse_incomplete(held, state, minutes_number, minutes_on, present, reasons)
        needed = why_exception(held, by)
        if needed and not exception.strip():
            raise Refused(needed)
        held.state, held.members, held.reasons = state, present, reasons.strip()
        held.minutes_number, held.minutes_on = " ".join(minutes_number.split()), minutes_on
        held.exception = exception.strip() if needed else ""
        held.decided_by, held.decided_at = by, timezone.now()
        held.code = new_code() if held.is_valid else ""
        held.row_version += 1
        held.save()
        telling.decided(held)
        if held.is_valid:
            jobs.begin(held)
        return held


def _refuse_unfit_act(plan: Plan, act: Deliberation) -> None:
    if act.entity_id != plan.entity_id or not act.registered_at:
        raise Refused("Al Nucleo si trasmette il piano dopo un atto registrato di questo ente (R22).")
    if not act.on_file:
        raise Refused(f"Il testo della {act.short} non è in archivio: importarlo prima di trasmettere il piano.")
    if not Sheet.objects.of(plan).filter(deliberation=act).exists():
        raise Refused(f"La {act.short} non ha schede di questo piano.")


def _refuse_second(same: Any) -> None:
    if same.filter(state__in=WAITING).exists():
        raise Refused("È già trasmesso al Nucleo, che non ha ancora deciso.")
    if same.exclude(state=ValidationState.RESTITUITA).exists():
        raise Refused("Il Nucleo lo ha già validato: una nuova validazione segue un nuovo atto (R22).")


def _handed_over(plan: Plan, act: Deliberation | None, report: Report | None, by: Any) -> Validation:
    kind = ValidationKind.ATTO if act else ValidationKind.RELAZIONE
    validation = Validation(plan=plan, kind=kind, act=act, report=report, requested_by=by)
    validation.save()
    jobs.begin(validation)
    return validation


def _to_be_decided(validation: Validation, by: User) -> Validation:
    """The validation as it is now, held. Raises Refused for others than the Nucleo and where nothing is to decide."""
    _allowed(by, validation.plan.entity, Deed.VALIDATE)
    held = _held(validation)
    if held.is_decided:
        raise Refused(f"Il Nucleo ha già deciso: {held.get_state_display()}, verbale {telling.minutes(held)}.")
    if held.state != ValidationState.DA_VALIDARE:
        raise Refused("Il fascicolo è ancora in preparazione: si decide quando è congelato (R22).")
    return held


def _held_report(report: Report) -> Report:
    """The Relazione as it is now, held: who takes it back to a draft in the same moment waits, or was first."""
    hold(Report.objects.filter(pk=report.pk))
    now: Report = Report.objects.get(pk=report.pk)
    return now


def _held(validation: Validation) -> Validation:
    hold(Validation.objects.filter(pk=validation.pk))
    now: Validation = Validation.objects.select_related("plan__entity", "act", "report__plan").get(pk=validation.pk)
    return now


def _allowed(by: User, entity: Entity, deed: Deed) -> None:
    if not standing(by, entity).may(deed):
        raise Refused(f"{deed.label.capitalize()}: lo può fare chi è {' o '.join(roles_that_may(deed))}.")


def _refuse_incomplete(
    held: Validation, state: str, number: str, on: dt.date, members: Sequence[str], reasons: str
) -> None:
    if state not in DECIDED:
        raise Refused("Il Nucleo valida, valida con rilievi o restituisce.")
    if not number.strip() or len(number.strip()) > 40:
        raise Refused("Scrivere il numero del verbale, di al massimo 40 caratteri.")
    handed = timezone.localdate(held.requested_at)
    if not handed <= on <= timezone.localdate():
        raise Refused(f"La data del verbale sta tra la trasmissione ({handed:%d/%m/%Y}) e oggi.")
    if not members:
        raise Refused("Scrivere almeno un componente del Nucleo presente.")
    if state == ValidationState.RESTITUITA and not reasons.strip():
        raise Refused("Chi restituisce un fascicolo ne scrive i motivi.")
    remarks = held.remarks.exists()
    if state == ValidationState.CON_RILIEVI and not remarks:
        raise Refused("Non ci sono rilievi: scriverne almeno uno, o validare senza rilievi.")
    if state == ValidationState.VALIDATA and remarks:
        raise Refused("Ci sono rilievi scritti: validare con rilievi, oppure toglierli prima.")


def _act(validation: Validation) -> str:
    return validation.act.short if validation.act else ""
