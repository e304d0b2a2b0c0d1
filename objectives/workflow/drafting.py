"""From a version in force, or from nothing, to a draft; its changes; and its withdrawal."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from objectives.choices import Change, PassageKind, State
from objectives.draft_content import REASON_FIELDS, DraftContent, copy_rows, store
from objectives.exchange import sheet_to_dict
from objectives.models import Plan, Sheet
from objectives.permissions import SheetDeed
from objectives.sheet_rows import search_text
from objectives.withdrawn import WHY as WITHDRAWN
from objectives.workflow.beginning import COPIED, begun, free_number, manager_now, new_objective, refuse_sector
from objectives.workflow.locking import allowed, locked, passed, saved, to_draft, unchanged
from objectives.workflow.refusals import Refused
from organisation.holding import hold
from organisation.models import Manager, Sector, User
from organisation.recording import recording
from organisation.roles import Deed


def insert(plan: Plan, sector: Sector, *, by: User) -> Sheet:
    """Begin a new objective of a settore: an empty INSERITO with the next number that is free there.

    Raises Refused where the person may not draft there, or the settore is of another entity or no longer active.
    """
    with transaction.atomic(), recording(by=by, why="Nuovo obiettivo"):
        hold(Sector.objects.filter(pk=sector.pk))  # two at once: the second takes the following number
        sector = Sector.objects.get(pk=sector.pk)  # it may have been merged since the page was opened
        refuse_sector(plan, sector, by)
        draft = Sheet(objective=new_objective(plan), sector=sector, number=free_number(plan, sector))
        draft.manager = manager_now(sector)
        return begun(draft, Change.INSERITO, by)


def amend(sheet: Sheet, *, by: User) -> Sheet:
    """Begin a change of the version in force: a MODIFICATO with its content, its rows under the same keys.

    Where the earlier text is not on file the draft is empty, and is written whole: nothing is invented. Raises Refused
    for a version that is not the last adopted one, or that somebody is changing already: `sheet` of the refusal is
    that draft.
    """
    return _follow(sheet, Change.MODIFICATO, SheetDeed.AMEND, by)


def eliminate(sheet: Sheet, *, by: User) -> Sheet:
    """Begin the elimination of the version in force: an ELIMINATO that keeps all its content (R05). Raises as amend."""
    return _follow(sheet, Change.ELIMINATO, SheetDeed.ELIMINATE, by)


def carry_over(sheet: Sheet, plan: Plan, *, by: User) -> Sheet:
    """Begin, in the following year's plan, the objective that continues the one of `sheet` (multi-year, R26).

    Of the rows it takes the phases, with the months that lie in the new plan's years, the people, and the indicators
    that count from the new year on (all of them where none says a year). Its office does it, or who proposes the new
    plan. Raises Refused where it was done already, or `sheet` is not the last text of an objective still in its plan.
    """
    with transaction.atomic(), recording(by=by, why=f"Riportato dal piano {plan.year - 1}"):
        source = locked(sheet)
        refuse_sector(plan, source.sector, by, or_who_may=Deed.PROPOSE)
        _refuse_no_source(source)
        if source.objective.plan.entity_id != plan.entity_id or source.objective.plan.year + 1 != plan.year:
            raise Refused(f"Nel piano {plan.year} si riportano gli obiettivi del {plan.year - 1}.")
        if known := Sheet.objects.of(plan).filter(objective__continues=source.objective).first():
            raise Refused(f"Questo obiettivo è già stato riportato nel piano {plan.year}: {known}.", sheet=known)
        draft = Sheet(objective=new_objective(plan, source.objective), sector=source.sector, manager=manager_of(source))
        for name in COPIED:
            setattr(draft, name, getattr(source, name))
        draft.number = free_number(plan, source.sector, source.number)
        begun(draft, Change.INSERITO, by)
        copy_rows(source, draft, results=False)
        _keep_what_is_left(draft, plan.year)
        return draft


def edit(sheet: Sheet, content: DraftContent, *, by: User, row_version: int | None = None) -> Sheet:
    """Save what a person wrote on an open version. The same content again changes nothing.

    An edit of what was sent or approved makes it a draft again: submission, approval and place in a proposal are void.
    Raises Stale where somebody saved in between, Refused where the person may not, ValidationError for a value that no
    sheet may have.
    """
    with transaction.atomic(), recording(by=by, why="Modifica della bozza"):
        other = content.fields.get("substitutes")
        draft = locked(sheet, *([other] if other else []))  # the one it substitutes is not withdrawn meanwhile
        allowed(SheetDeed.EDIT, draft, by)
        _refuse_fields(draft, content, by)
        changed = store(draft, content)
        if not changed:
            return draft
        unchanged(locked(sheet), row_version)  # as stored: what was typed is not on it
        if draft.state != State.BOZZA:
            passed(draft, PassageKind.MODIFICATA, by, act=draft.deliberation)
            to_draft(draft)
        draft.search_text = search_text(sheet_to_dict(draft))
        return saved(draft)


def withdraw(sheet: Sheet, *, by: User, row_version: int | None = None, note: str = "") -> None:
    """Take a draft back: it leaves the table of sheets, its history and its passages stay.

    Raises Refused where it is no draft any more, or another draft is linked to it as a substitution; Stale where it
    changed after it was read.
    """
    with transaction.atomic(), recording(by=by, why=WITHDRAWN):
        draft = locked(sheet)
        allowed(SheetDeed.WITHDRAW, draft, by)
        unchanged(draft, row_version)
        if linked := draft.substituted_by.select_related("sector").first():
            raise Refused(
                f"La scheda {linked} la indica come sostituita: togliere prima quel collegamento.", sheet=linked
            )
        passed(draft, PassageKind.RITIRATA, by, note)
        draft.delete()


def _follow(sheet: Sheet, change: Change, deed: str, by: User) -> Sheet:
    with transaction.atomic(), recording(by=by, why=f"Proposta di variazione: {change}"):
        base = locked(sheet)  # two proposals at once: the second one waits here, and finds the first one's draft
        allowed(deed, base, by)
        _refuse_no_tail(base, change)
        draft = Sheet(objective=base.objective, base=base, sector=base.sector, manager=manager_of(base))
        for name in COPIED:
            setattr(draft, name, getattr(base, name))
        begun(draft, change, by)
        copy_rows(base, draft)
        return draft


def _refuse_no_tail(base: Sheet, change: Change) -> None:
    if base.change == Change.ELIMINATO:
        raise Refused("L'obiettivo è stato eliminato dal piano: non si può più cambiare.", sheet=base)
    if not base.on_file and change == Change.ELIMINATO:
        raise Refused(
            "Il testo di questa scheda non è in archivio, e una scheda ELIMINATA conserva il suo testo (R05): "
            "importare prima l'atto che l'ha approvata.",
            sheet=base,
        )
    after = Sheet.objects.filter(base=base).select_related("sector", "created_by", "deliberation__entity").first()
    if after is None:
        return
    if after.is_adopted and after.deliberation:
        raise Refused(f"Questo testo non è più l'ultimo: l'ha cambiato la {after.deliberation.short}.", sheet=after)
    who = f", avviata da {after.created_by}" if after.created_by else ""
    raise Refused(f"C'è già una modifica in corso su questa scheda{who}: proseguire con quella.", sheet=after)


def manager_of(base: Sheet) -> Manager | None:
    """Return the responsabile of the earlier version, or who took their place."""
    manager, day = base.manager, timezone.localdate()
    if manager is None or (manager.valid_to and manager.valid_to < day):
        return manager_now(base.sector) or manager
    return manager


def _refuse_no_source(source: Sheet) -> None:
    changed = Sheet.objects.filter(base=source).adopted().exists()
    if not source.is_adopted or not source.on_file or changed or source.change == Change.ELIMINATO:
        raise Refused("Si riporta l'ultimo testo adottato di un obiettivo che è ancora nel piano.", sheet=source)


def _refuse_fields(draft: Sheet, content: DraftContent, by: User) -> None:
    """Refuse what this draft can't hold: content of an ELIMINATO, another entity's settore, a foreign substitution."""
    touches_rows = any(content.rows(kind) is not None for kind in ("phases", "indicators", "participations"))
    if draft.change == Change.ELIMINATO and (touches_rows or set(content.fields) - set(REASON_FIELDS)):
        raise Refused("Di una scheda da eliminare si scrive solo il motivo: il suo testo resta quello in vigore (R05).")
    sector = content.fields.get("sector")
    if sector is not None and sector.pk != draft.sector_id:
        refuse_sector(draft.objective.plan, sector, by)
    manager: Any = content.fields.get("manager")
    if manager is not None and manager.sector_id != (sector or draft.sector).pk and manager.pk != draft.manager_id:
        raise ValidationError({"manager": "Questo responsabile è di un altro settore."})
    other: Any = content.fields.get("substitutes")
    if other is not None and (
        other.objective.plan_id != draft.objective.plan_id or other.change != Change.ELIMINATO or other.pk == draft.pk
    ):
        raise ValidationError({"substitutes": "Si sostituisce una scheda ELIMINATO dello stesso piano (R07)."})


def _keep_what_is_left(draft: Sheet, year: int) -> None:
    """Leave out what belongs to the year that is over."""
    for phase in draft.phases.all():
        phase.months = [month for month in phase.months if int(month[:4]) >= year]
        phase.save()
    still_to_come = draft.indicators.filter(year__gte=year)
    if still_to_come.exists():
        for indicator in draft.indicators.exclude(pk__in=still_to_come.values("pk")):
            indicator.delete()
