"""An act on its way into the archive: its plan, its settori, the versions it changes, its sheets.

Earlier texts that are not in the document are never invented. The act that is amended, when it is not on record, is
made with what the citation says of it; each sheet it must have contained is made as a stub ("testo non in archivio").
Only of an ELIMINATO sheet is the earlier text known: it is the one printed on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deliberations.loading import make_act, make_citations, register
from deliberations.models import Deliberation
from objectives.choices import Change, State
from objectives.exchange import fingerprint
from objectives.importing.exchange_format import name_of
from objectives.importing.findings import ERROR, Finding
from objectives.load_outcome import Loaded, LoadRefused
from objectives.models import Objective, Plan, Sheet, SheetQuerySet
from objectives.precedence import why_not_after
from objectives.sheet_rows import SheetRows, is_multi_year, rows_of, search_text
from organisation.folding import fold, sector_key, split_title
from organisation.holding import hold
from organisation.models import Entity, Manager, Sector, User
from organisation.recording import change_recorded, create_recorded

OF_THE_CHANGE = ("motive", "motive_text", "reviews")
"""What the act that takes a sheet out of the plan prints on it, and the earlier text did not have."""


@dataclass(eq=False)
class Incoming:
    """A sheet on its way: its place in the act, its content, the version it changes.

    `objective` is the one it continues, None while that is to be made.
    """

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


class Entering:
    """One act on its way in. The steps are in the order in which they are called."""

    def __init__(self, data: dict[str, Any], entity: Entity, by: User | None, details: Mapping[str, str]) -> None:
        self.data, self.entity, self.by, self.details = data, entity, by, details
        self.problems: list[Finding] = []
        self.sectors: dict[str, Sector] = {}
        self.managers: dict[tuple[int, str], Manager] = {}
        self.stubs = 0

    def run(self) -> Loaded:
        """Put the act on record. Raises LoadRefused, with all its problems, where it does not fit."""
        self.act = self._begin()
        self.cited = make_citations(self.act, self.data["act"]["cites"])
        self.plan = self._make_plan()
        self.incoming = [
            Incoming(n, sheet, self._sector(sheet["sector"])) for n, sheet in enumerate(self.data["sheets"])
        ]
        self._check()
        if self.problems:
            raise LoadRefused(self.problems)
        self._make_missing_bases()
        self._store(self.incoming, self.act)
        return self._end()

    def _begin(self) -> Deliberation:
        return make_act(self.data["act"], self.entity, self.details.get("immediate_reason", ""))

    def _check(self) -> None:
        self._find_bases()
        self._refuse_double_numbers()

    def _end(self) -> Loaded:
        register(self.act)
        return Loaded(self.act, created=True, sheets=len(self.incoming), stubs=self.stubs)

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
        """Find, for each changed sheet, the version it changes (R09)."""
        standing = self._standing().select_related("sector", "deliberation", "successor__created_by")
        self.active = {(sheet.sector_id, sheet.number): sheet for sheet in standing}
        changed: set[tuple[int, int]] = set()
        for draft in self.incoming:
            if draft.content["change"] == Change.INSERITO:
                continue
            draft.base = self.active.get(draft.place)
            if draft.place in changed:
                self._problem(draft, "R06", "l'atto cambia due volte la stessa scheda: lasciare una sola variazione.")
            elif draft.base:
                self._refuse_base(draft, draft.base)
            elif not self._amended():
                self._problem(
                    draft, "R09", "la scheda non è in archivio e l'atto non cita la deliberazione che modifica: "
                    "importare prima l'atto che l'ha approvata, o completare le premesse."
                )  # fmt: skip
            changed.add(draft.place)

    def _standing(self) -> SheetQuerySet:
        """The last version adopted of each objective that is still in the plan: who wants to change one waits."""
        adopted = Sheet.objects.of(self.plan).adopted()
        hold(adopted)
        standing: SheetQuerySet = adopted.exclude(change=Change.ELIMINATO).exclude(successor__state=State.ADOTTATA)
        return standing

    def _refuse_base(self, draft: Incoming, base: Sheet) -> None:
        """An act can't change what a later one adopted, nor what somebody is changing here at this moment."""
        if problem := why_not_after(self.act, base.deliberation):
            self._problem(draft, *problem)
        following = getattr(base, "successor", None)
        if following and following.state != State.ADOTTATA:
            by = f", avviata da {following.created_by}" if following.created_by else ""
            self._problem(
                draft, "R09", f"su questa scheda c'è una modifica in corso ({following.get_state_display()}{by}): "
                "ritirarla o adottarla prima di importare l'atto."
            )  # fmt: skip

    def _refuse_double_numbers(self) -> None:
        """R04: the number is unique among the active sheets of a settore, in the plan that results."""
        gone = {draft.base.pk for draft in self.incoming if draft.base and draft.content["change"] == Change.ELIMINATO}
        for draft in self.incoming:
            standing = self.active.get(draft.place)
            if draft.content["change"] == Change.INSERITO and standing and standing.pk not in gone:
                self._problem(
                    draft, "R04", f"nel piano in vigore c'è già una scheda attiva con questo numero ({standing})."
                )

    def _problem(self, draft: Incoming, code: str, sentence: str) -> None:
        self.problems.append(Finding(ERROR, code, f"{name_of(draft.content, draft.index)}: {sentence}"))

    def _amended(self) -> Deliberation | None:
        """The act that must have contained what is not on record: the one amended, or the plan's first, not on file."""
        amended = self.cited[:1]
        if amended and amended[0].on_file:
            of_plan = Deliberation.objects.filter(sheets__objective__plan=self.plan, on_file=False)
            amended = list(of_plan.up_to(self.act).exclude(pk=self.act.pk).in_order()[:1])
        return amended[0] if amended else None

    def _make_missing_bases(self) -> None:
        """Make the earlier versions that are not on record: stubs, and the printed text of what is ELIMINATO."""
        amended = self._amended()
        missing = [d for d in self.incoming if d.base is None and d.content["change"] != Change.INSERITO]
        if not missing or amended is None:
            return
        bases = [_earlier(draft) for draft in missing]
        self._store(bases, amended)
        for draft, base in zip(missing, bases, strict=True):
            draft.base = base.sheet
        self.stubs = sum(not base.text_known for base in bases)

    def _store(self, drafts: list[Incoming], act: Deliberation) -> None:
        """Insert the sheets with their rows, then adopt them: from there on the database refuses any change.

        A stub has no rows to wait for: it is adopted as it is made.
        """
        new = [draft for draft in drafts if draft.base is None and draft.objective is None]
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

    def _sheet(self, draft: Incoming, act: Deliberation) -> Sheet:
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


def _earlier(draft: Incoming) -> Incoming:
    """The version before one that changes it: without a text, but for what is ELIMINATO."""
    content = {key: value for key, value in draft.content.items() if key not in OF_THE_CHANGE}
    known = draft.content["change"] == Change.ELIMINATO
    return Incoming(draft.index, {**content, "change": Change.INSERITO}, draft.sector, known, objective=draft.objective)


def _saved(row: Any) -> Any:
    row.save()
    return row
