"""One objective given to several settori, and later changes of it offered to each copy (R34)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from objectives.choices import Change, State
from objectives.copies import last_text, newest_text
from objectives.models import Indicator, Objective, Phase, Plan, Sheet
from objectives.permissions import standing
from objectives.row_copies import indicator_in, key_in, phase_in
from objectives.taking_over import taking_over
from objectives.workflow.beginning import COPIED, begun, free_number, manager_now, new_objective, refuse_sector
from objectives.workflow.drafting import amend, edit, eliminate
from objectives.workflow.locking import locked
from objectives.workflow.refusals import Refused
from organisation.holding import hold
from organisation.models import Sector, User
from organisation.recording import recording
from organisation.roles import Deed

MOVED_ON = "L'altro obiettivo è cambiato ancora, o qualcuno ha già deciso qui: rileggere la pagina com'è adesso."
NOTHING_FITS = "Qui non c'è niente da riprendere: dove l'altro obiettivo è cambiato, il testo è già un altro."
ON_ITS_WAY = "La scheda {} è già stata inviata al Segretario: per riprendere le modifiche, ritirare prima l'invio."


def copy_to(sheet: Sheet, plan: Plan, sectors: Iterable[Sector], *, by: User) -> list[Sheet]:
    """Begin in each of the settori a new objective of `plan` with the content of `sheet`: an INSERITO, all or none.

    Phases and indicators get keys of their own; people, motive and results stay behind. Raises Refused where `sheet`
    is not the last adopted text of an objective still in its plan, where the person may not draft in one of the
    settori, or one has this objective already: `sheet` of the refusal is that one.
    """
    with transaction.atomic(), recording(by=by, why="Obiettivo copiato da un altro"):
        chosen = Sector.objects.filter(pk__in=[sector.pk for sector in sectors]).order_by("pk")
        hold(chosen)  # two at once: the second finds what the first made, and takes the following number
        source = locked(sheet)
        _refuse_no_source(source)
        if source.objective.plan.entity_id != plan.entity_id:
            raise Refused("Si copia da un piano all'altro dello stesso ente.")
        if not chosen:
            raise Refused("Scegliere almeno un settore.")
        return [_copied(source, plan, sector, by) for sector in chosen]


def take_over(objective: Objective, *, seen: int, by: User) -> Sheet:
    """Propose in a copy what an act changed in its source: in the draft that is open, else in a new one.

    `seen` is the key of the text of the source that the person read. What the copy says in its own words stays. Raises
    Refused where the source or the copy moved on meanwhile, where nothing fits, or the person may not.
    """
    with transaction.atomic(), recording(by=by, why="Modifiche riprese dall'obiettivo copiato"):
        held, copy, newest = _held(objective, seen, by)
        draft = _follow_out(copy, by) if newest.change == Change.ELIMINATO else _followed(held, copy, newest, by)
        _hold_against(held, newest)
        return draft


def leave_as_is(objective: Objective, *, seen: int, by: User) -> Objective:
    """Note that a copy stays as it is although its source changed: it is asked again when that changes once more.

    `seen` and Refused as take_over.
    """
    with transaction.atomic(), recording(by=by, why="Copia lasciata com'è"):
        held, _, newest = _held(objective, seen, by)
        return _hold_against(held, newest)


def _refuse_no_source(source: Sheet) -> None:
    changed = Sheet.objects.filter(base=source).adopted().exists()
    if not source.is_adopted or not source.on_file or changed or source.change == Change.ELIMINATO:
        raise Refused("Si copia l'ultimo testo adottato di un obiettivo che è ancora nel piano.", sheet=source)


def _copied(source: Sheet, plan: Plan, sector: Sector, by: User) -> Sheet:
    refuse_sector(plan, sector, by)
    _refuse_second(source, plan, sector)
    objective = new_objective(plan, copied_from=source)
    draft = Sheet(objective=objective, sector=sector, manager=manager_now(sector))
    for name in COPIED:
        setattr(draft, name, getattr(source, name))
    draft.number = free_number(plan, sector, source.number)
    begun(draft, Change.INSERITO, by)
    for phase in source.phases.all():
        key = key_in(objective, phase.key)
        Phase(sheet=draft, key=key, position=phase.position, **phase_in(plan, phase)).save()
    for row in source.indicators.all():
        values = indicator_in(plan, row, source.objective.plan)
        Indicator(sheet=draft, key=key_in(objective, row.key), position=row.position, **values).save()
    return draft


def _refuse_second(source: Sheet, plan: Plan, sector: Sector) -> None:
    """Refuse a settore that has the objective already: the source itself, a copy of it, or what it is a copy of."""
    known = source.objective
    same = Q(objective=known) | Q(objective__copied_from=known) | Q(objective=known.copied_from_id or 0)
    there = Sheet.objects.of(plan).filter(same, sector=sector, successor=None)
    if one := there.exclude(change=Change.ELIMINATO, state=State.ADOTTATA).first():
        raise Refused(f"Il settore {sector.short_name} ha già questo obiettivo: {one}.", sheet=one)


def _held(objective: Objective, seen: int, by: User) -> tuple[Objective, Sheet, Sheet]:
    """Return the copy, held, its last text, and the newest one of its source."""
    hold(Objective.objects.filter(pk=objective.pk))
    held = Objective.objects.select_related("plan__entity", "copied_version").get(pk=objective.pk)
    copy, newest = last_text(held), newest_text(held)
    if copy is None or newest is None:
        raise Refused("Questo obiettivo non è la copia di un altro, o non c'è più.")
    if refusal := standing(by, held.plan.entity).why_not_sector(Deed.DRAFT, copy.sector):
        raise Refused(refusal)
    if newest.pk == held.copied_version_id or newest.pk != seen:
        raise Refused(MOVED_ON)
    return held, copy, newest


def _followed(held: Objective, copy: Sheet, newest: Sheet, by: User) -> Sheet:
    if copy.state not in (State.BOZZA, State.ADOTTATA):
        raise Refused(ON_ITS_WAY.format(copy), sheet=copy)
    before = Sheet.objects.with_rows().get(pk=held.copied_version_id)
    draft = amend(copy, by=by) if copy.is_adopted else copy
    found = taking_over(before, newest, draft)
    if not found.taken:
        raise Refused(NOTHING_FITS, sheet=copy)
    if not draft.motive and not draft.motive_text:
        found.content.fields |= {"motive": newest.motive, "motive_text": newest.motive_text}
    return edit(draft, found.content, by=by, row_version=draft.row_version)


def _follow_out(copy: Sheet, by: User) -> Sheet:
    if not copy.is_adopted:
        raise Refused(f"La scheda {copy} ha una modifica in corso: ritirarla, se anche qui va eliminata.", sheet=copy)
    return eliminate(copy, by=by)


def _hold_against(held: Objective, newest: Sheet) -> Objective:
    held.copied_version = newest
    held.save()
    return held
