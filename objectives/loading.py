"""Puts an act that was read (exchange format) on record: whole, or not at all.

Earlier texts that are not in the document are never invented. The act that is amended, when it is not on record, is
made with what the citation says of it; each sheet it must have contained is made as a stub ("testo non in archivio").
Only of an ELIMINATO sheet is the earlier text known: it is the one printed on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from deliberations.loading import find_act, make_act, make_citations, register
from deliberations.models import Deliberation
from objectives.act_again import load_again
from objectives.choices import Change, State
from objectives.exchange import fingerprint
from objectives.importing.exchange_format import cited_name, name_of
from objectives.importing.findings import ERROR, Finding, Limits, Rules, RulesOf
from objectives.load_outcome import Loaded, LoadRefused
from objectives.models import Objective, Plan, Sheet
from objectives.sheet_rows import SheetRows, is_multi_year, rows_of, search_text
from organisation.counting import Counting
from organisation.folding import fold, sector_key, split_title
from organisation.models import Entity, Manager, Sector, User
from organisation.recording import change_recorded, create_recorded, recording


@dataclass
class _Draft:
    """A sheet on its way: its place in the act, its content, the version it changes."""

    index: int
    content: dict[str, Any]
    sector: Sector
    text_known: bool = True
    base: Sheet | None = None
    objective: Objective | None = None
    sheet: Sheet | None = None
    rows: SheetRows = field(default_factory=SheetRows)

    @property
    def place(self) -> tuple[int, int]:
        """Settore and number: where the sheet stands in the plan."""
        return self.sector.pk, self.content["number"]


def load_act(
    data: dict[str, Any], *, entity: Entity, by: User | None, details: Mapping[str, str] | None = None
) -> Loaded:
    """Put an act of the exchange format on record, with its plan, settori, responsabili and sheets.

    `data` is what a reading without errors holds, `details` what the document says beyond the exchange format. The
    same act twice changes nothing, but for dates it did not have yet. Raises LoadRefused, and leaves the database as
    it was, where the act does not fit what is on record.
    """
    act_data = data["act"]
    name = f"{act_data['body']} {act_data['number']}/{act_data['year']}"
    with transaction.atomic(), recording(by=by, why=f"Importazione dell'atto {name}", act=name):
        Entity.objects.select_for_update().get(pk=entity.pk)  # two imports of one entity: the second one waits
        _refuse_another_entity(data["entity"], entity)
        _refuse_citing_itself(act_data)
        if known := find_act(act_data, entity):
            return load_again(known, data)
        return _Loading(data, entity, by, details or {}).run()


def rules_of(entity: Entity) -> RulesOf:
    """Return the rules by which an act of this entity is judged: its own, and those of the plan of a year."""

    def of_year(_name: str, year: int) -> Rules:
        plan = Plan.objects.filter(entity=entity, year=year).first() or Plan(entity=entity, year=year)
        return Rules(
            Counting(entity.counting),
            entity.late_after_days,
            plan.weight_total,
            plan.weight_tolerance,
            plan.cut_off,
        )

    return of_year


def limits_from_settings() -> Limits:
    """Return how much a document may ask of this installation (settings IMPORT_MAX_…)."""
    return Limits(
        max_bytes=settings.IMPORT_MAX_BYTES,
        max_line_chars=settings.IMPORT_MAX_LINE_CHARS,
        max_sheets=settings.IMPORT_MAX_SHEETS,
        max_seconds=settings.IMPORT_MAX_SECONDS,
        max_memory=settings.IMPORT_MAX_MEMORY,
    )


def _refuse_another_entity(name: str, entity: Entity) -> None:
    if fold(name) != fold(entity.name):
        message = f"Il documento è di «{name}», non di «{entity.name}»: aprire la pagina dell'ente giusto."
        raise LoadRefused([Finding(ERROR, "I09", message)])


def _refuse_citing_itself(act: dict[str, Any]) -> None:
    if cited_name(act, act) in [cited_name(cited, act) for cited in act["cites"]]:
        message = f"L'atto cita sé stesso ({act['number']}/{act['year']}): controllare gli atti citati."
        raise LoadRefused([Finding(ERROR, "R09", message)])


class _Loading:
    """One act on its way in. The steps are in the order in which they are called."""

    def __init__(self, data: dict[str, Any], entity: Entity, by: User | None, details: Mapping[str, str]) -> None:
        self.data, self.entity, self.by, self.details = data, entity, by, details
        self.problems: list[Finding] = []
        self.sectors: dict[str, Sector] = {}
        self.managers: dict[tuple[int, str], Manager] = {}
        self.stubs = 0

    def run(self) -> Loaded:
        self.act = make_act(self.data["act"], self.entity, self.details.get("immediate_reason", ""))
        self.cited = make_citations(self.act, self.data["act"]["cites"])
        self.plan = self._make_plan()
        self.drafts = [_Draft(n, sheet, self._sector(sheet["sector"])) for n, sheet in enumerate(self.data["sheets"])]
        self._find_bases()
        self._refuse_double_numbers()
        if self.problems:
            raise LoadRefused(self.problems)
        self._make_missing_bases()
        self._store(self.drafts, self.act)
        register(self.act)
        return Loaded(self.act, created=True, sheets=len(self.drafts), stubs=self.stubs)

    def _make_plan(self) -> Plan:
        start, end = self.data["plan"]["triennium"] or (None, None)
        plan = Plan.objects.filter(entity=self.entity, year=self.data["plan"]["year"]).first()
        if plan is None:
            plan = Plan(entity=self.entity, year=self.data["plan"]["year"])
        if plan.pk is None or (start and plan.triennium_start is None):
            plan.triennium_start, plan.triennium_end = start, end
            plan.save()
        return plan

    def _sector(self, name: str) -> Sector:
        key = sector_key(name)
        if key not in self.sectors:
            known = Sector.objects.filter(entity=self.entity, match_key=key).first()
            self.sectors[key] = known or _saved(Sector(entity=self.entity, name=name))
        return self.sectors[key]

    def _manager(self, sector: Sector, printed: str) -> Manager | None:
        """The responsabile printed on the sheet; made when new, valid from the day of this act."""
        title, name = split_title(printed)
        if not name:
            return None
        key = sector.pk, fold(name)
        if key not in self.managers:
            known = [m for m in sector.managers.all() if fold(m.name) == key[1]]
            new = Manager(sector=sector, title=title, name=name, valid_from=self.data["act"]["date"])
            self.managers[key] = known[0] if known else _saved(new)
        return self.managers[key]

    def _find_bases(self) -> None:
        """Find, for each changed sheet, the version it changes: the last one adopted (R09)."""
        tails = Sheet.objects.of(self.plan).adopted().filter(successor=None).exclude(change=Change.ELIMINATO)
        self.active = {(sheet.sector_id, sheet.number): sheet for sheet in tails.select_related("deliberation")}
        changed: set[tuple[int, int]] = set()
        for draft in self.drafts:
            if draft.content["change"] == Change.INSERITO:
                continue
            draft.base = self.active.get(draft.place)
            if draft.place in changed:
                self._problem(draft, "R06", "l'atto cambia due volte la stessa scheda: lasciare una sola variazione.")
            elif draft.base:
                self._refuse_before_base(draft, draft.base)
            elif not self._amended():
                self._problem(
                    draft, "R09", "la scheda non è in archivio e l'atto non cita la deliberazione che modifica: "
                    "importare prima l'atto che l'ha approvata, o completare le premesse."
                )  # fmt: skip
            changed.add(draft.place)

    def _refuse_before_base(self, draft: _Draft, base: Sheet) -> None:
        """An act can't change what a later act, or one that takes effect later, adopted."""
        earlier, mine = base.deliberation, self.act
        if earlier is None or not earlier.on_file:
            return
        if earlier.place > mine.place:
            self._problem(
                draft, "R09", f"la modifica la {earlier.short}, che è successiva: importare gli atti in ordine."
            )
        effect = mine.days.in_force_from
        if effect and (earlier.in_force_from is None or effect < earlier.in_force_from):
            self._problem(
                draft, "R17", f"l'atto avrebbe effetto prima della {earlier.short} che modifica: controllare le date."
            )

    def _refuse_double_numbers(self) -> None:
        """R04: the number is unique among the active sheets of a settore, in the plan that results."""
        gone = {draft.base.pk for draft in self.drafts if draft.base and draft.content["change"] == Change.ELIMINATO}
        for draft in self.drafts:
            standing = self.active.get(draft.place)
            if draft.content["change"] == Change.INSERITO and standing and standing.pk not in gone:
                self._problem(
                    draft, "R04", f"nel piano in vigore c'è già una scheda attiva con questo numero ({standing})."
                )

    def _problem(self, draft: _Draft, code: str, sentence: str) -> None:
        self.problems.append(Finding(ERROR, code, f"{name_of(draft.content, draft.index)}: {sentence}"))

    def _amended(self) -> Deliberation | None:
        """The act that must have contained what is not on record: the one amended, or the plan's first, not on file."""
        amended = self.cited[:1]
        if amended and amended[0].on_file:
            of_plan = Deliberation.objects.filter(sheets__objective__plan=self.plan, on_file=False)
            amended = list(of_plan.in_order()[:1])
        return amended[0] if amended else None

    def _make_missing_bases(self) -> None:
        """Make the earlier versions that are not on record: stubs, and the printed text of what is ELIMINATO."""
        amended = self._amended()
        missing = [d for d in self.drafts if d.base is None and d.content["change"] != Change.INSERITO]
        if not missing or amended is None:
            return
        bases = [
            _Draft(d.index, {**d.content, "change": Change.INSERITO}, d.sector, d.content["change"] == Change.ELIMINATO)
            for d in missing
        ]
        self._store(bases, amended)
        for draft, base in zip(missing, bases, strict=True):
            draft.base = base.sheet
        self.stubs = sum(not base.text_known for base in bases)

    def _store(self, drafts: list[_Draft], act: Deliberation) -> None:
        """Insert the sheets with their rows, then adopt them: from there on the database refuses any change.

        A stub has no rows to wait for: it is adopted as it is made.
        """
        new = [draft for draft in drafts if draft.base is None]
        for draft, objective in zip(new, create_recorded([Objective(plan=self.plan) for _ in new]), strict=True):
            draft.objective = objective
        for draft in drafts:
            draft.sheet = self._sheet(draft, act)
        create_recorded([draft.sheet for draft in drafts if draft.sheet])
        for draft in drafts:
            if draft.text_known and draft.sheet:
                draft.rows = rows_of(draft.content, draft.sheet, self.plan.year, draft.base)
        for kind in ("phases", "indicators", "participations"):
            create_recorded([row for draft in drafts for row in getattr(draft.rows, kind)])
        gone = {draft.place: draft.sheet for draft in drafts if draft.content["change"] == Change.ELIMINATO}
        adopted = [draft.sheet for draft in drafts if draft.sheet and draft.text_known]
        for sheet in adopted:
            sheet.state = State.ADOTTATA
            if sheet.change == Change.INSERITO:
                sheet.substitutes = gone.get((sheet.sector_id, sheet.number))
        change_recorded(adopted, "state", "substitutes")

    def _sheet(self, draft: _Draft, act: Deliberation) -> Sheet:
        content = draft.content
        identity = Sheet(
            objective=draft.base.objective if draft.base else draft.objective,
            base=draft.base,
            change=content["change"],
            state=State.APPROVATA if draft.text_known else State.ADOTTATA,
            deliberation=act,
            position=draft.index + 1,
            sector=draft.sector,
            sector_printed=content["sector"],
            number=content["number"],
            kind=content["kind"],
            created_by=self.by,
        )
        if draft.text_known:
            return self._with_text(identity, content, act)
        identity.on_file = False
        identity.fingerprint = fingerprint(
            {"sector": content["sector"], "number": content["number"]}, act, on_file=False
        )
        return identity

    def _with_text(self, sheet: Sheet, content: dict[str, Any], act: Deliberation) -> Sheet:
        for name in ("weight", "title", "description", "dup_link"):
            setattr(sheet, name, content[name])
        sheet.manager = self._manager(sheet.sector, content["manager"])
        sheet.manager_printed = content["manager"]
        sheet.motive, sheet.motive_text = content.get("motive", ""), content.get("motive_text", "")
        sheet.printed_reviews = content.get("reviews", [])
        sheet.multi_year = is_multi_year(content, self.plan.year)
        sheet.fingerprint = fingerprint(content, act)
        sheet.search_text = search_text(content)
        return sheet


def _saved(row: Any) -> Any:
    row.save()
    return row
