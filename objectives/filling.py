"""The text of an act that was known only because others cite it: it fills the act, and its sheets not on file.

What those later acts took from it is on record already and stands: each stub receives its text in its place, its rows
the keys of the rows they became; a text that a later act printed on what it removed stays as it is (R08). The chain of
versions never changes: a document that would need another one is refused with a sentence (R09).
"""

from collections.abc import Mapping
from copy import copy
from typing import Any

from deliberations.loading import complete_cited, describe_cited
from deliberations.models import Deliberation
from objectives.choices import Change, State
from objectives.earlier_texts import disagreement
from objectives.entering import Entering, Incoming
from objectives.importing.findings import ERROR, WARNING, Finding
from objectives.load_outcome import Loaded
from objectives.models import Sheet, SheetQuerySet
from objectives.precedence import why_not_after
from objectives.sheet_rows import rows_of
from organisation.models import Manager, Sector, User
from organisation.recording import change_recorded, create_recorded

TEXT = (
    *("change", "base", "on_file", "position", "sector_printed", "manager", "manager_printed", "kind", "weight"),
    *("title", "description", "dup_link", "multi_year", "motive", "motive_text", "printed_reviews", "substitutes"),
    *("fingerprint", "search_text"),
)
"""The fields of a stub that receive what its act says; settore, number and objective stand."""


class Filling(Entering):
    """An act on its way in that is on record as a name and a day. The steps are those of any act."""

    def __init__(self, act: Deliberation, data: dict[str, Any], by: User | None, details: Mapping[str, str]) -> None:
        super().__init__(data, act.entity, by, details)
        self.act, self.told_on = act, act.session_on
        self.findings: list[Finding] = []
        self.stubs_filled: list[Incoming] = []

    def _begin(self) -> Deliberation:
        describe_cited(self.act, self.data["act"], self.details.get("immediate_reason", ""))
        return self.act

    def _check(self) -> None:
        self.sheet_count = len(self.incoming)
        self._recognise()
        self._refuse_disorder()
        if self.problems:  # what was in force before it, and who changed it since, can't be told
            return
        super()._check()
        self._refuse_numbers_given_later()
        if self.told_on != self.act.session_on:
            day = f"il {self.told_on:%d/%m/%Y}" if self.told_on else "senza data"
            self._warn(f"Chi la citava indicava la seduta {day}: vale ora quella dell'atto.")

    def _recognise(self) -> None:
        """Find the sheets of the act that are on record: those to fill, and those whose text stands."""
        on_record = Sheet.objects.adopted().filter(deliberation=self.act).with_rows()
        after = ("successor__phases", "successor__indicators", "successor__participations", "successor__deliberation")
        known = {(sheet.sector_id, sheet.number): sheet for sheet in on_record.prefetch_related(*after)}
        self._refuse_another_plan(known.values())
        for draft in [draft for draft in self.incoming if draft.content["change"] != Change.ELIMINATO]:
            sheet = known.pop(draft.place, None)
            if sheet is None:
                continue
            if sheet.on_file:
                self.incoming.remove(draft)
                self.findings += filter(None, [disagreement(sheet, draft.content)])
                continue
            draft.sheet, draft.objective = sheet, sheet.objective
            self.stubs_filled.append(draft)
        for sheet in known.values():
            self._tell_missing(sheet)

    def _refuse_another_plan(self, known: Any) -> None:
        years = {sheet.objective.plan.year for sheet in known} - {self.plan.year}
        if years:
            sentence = f"il documento è del piano {self.plan.year}, ma le sue schede già note sono del {max(years)}"
            self._refuse("R09", f"La {self.act.short}: {sentence}. Controllare l'anno del piano.")

    def _tell_missing(self, sheet: Sheet) -> None:
        following = getattr(sheet, "successor", None)
        by = f", che la {following.deliberation.short} ha cambiato" if following and following.deliberation else ""
        removed = [draft for draft in self.incoming if draft.place == (sheet.sector_id, sheet.number)]
        if removed:
            self._problem(removed[0], "R09", f"qui è eliminata, ma la sua scheda è ancora nel piano{by}.")
        elif sheet.on_file:
            self._warn(f"Il documento non contiene {sheet}{by}: resta il testo che è in archivio.")
        else:
            self._warn(f"Il documento non contiene {sheet}{by}: il suo testo resta non in archivio.")

    def _standing(self) -> SheetQuerySet:
        """What was in force just before this act, in the order of adoption: later versions are not its to change."""
        super()._standing()
        before = Deliberation.objects.up_to(self.act).exclude(pk=self.act.pk)
        standing: SheetQuerySet = Sheet.objects.of(self.plan).in_force(before).select_related("successor__deliberation")
        return standing

    def _refuse_base(self, draft: Incoming, base: Sheet) -> None:
        following = getattr(base, "successor", None)
        if following and following.state == State.ADOTTATA:
            self._problem(
                draft, "R09", f"in archivio il testo della {base.deliberation} è cambiato direttamente dalla "
                f"{following.deliberation}: le versioni adottate non si possono più separare."
            )  # fmt: skip
        elif draft.sheet:
            self._problem(draft, "R09", f"in archivio è un altro obiettivo, che la {base.deliberation} ha adottato.")
        else:
            super()._refuse_base(draft, base)

    def _refuse_numbers_given_later(self) -> None:
        """R04: a sheet that nobody knew is still in the plan today, and nobody else has its number since."""
        later = Sheet.objects.of(self.plan).adopted().exclude(deliberation__in=Deliberation.objects.up_to(self.act))
        numbers = {(s.sector_id, s.number): s for s in later.select_related("sector", "deliberation").order_by("-pk")}
        for draft in self.incoming:
            if draft.sheet or draft.content["change"] == Change.ELIMINATO or draft.place not in numbers:
                continue
            act = numbers[draft.place].deliberation
            self._problem(
                draft, "R04", f"questo numero è già di una scheda della {act}. Se è la stessa, importare prima gli "
                "altri atti, dal più recente; se è un'altra, l'atto che ha eliminato questa non è in archivio."
            )  # fmt: skip

    def _refuse_disorder(self) -> None:
        """Acts that change this one's sheets come after it, and take effect after it (R09, R17)."""
        filled = copy(self.act)
        filled.on_file, filled.in_force_from = True, self.act.days.in_force_from  # its days are its own now
        changing = Deliberation.objects.registered().filter(
            sheets__base__deliberation=self.act, sheets__state=State.ADOTTATA, on_file=True
        )  # fmt: skip
        for later in changing.distinct().select_related("entity").in_order():
            if problem := why_not_after(later, filled):
                effect = filled.in_force_from
                stands = f"ha effetto dal {effect:%d/%m/%Y}" if effect else "non ha ancora effetto (mancano le date)"
                day = later.in_force_from
                since = f" e ha effetto dal {day:%d/%m/%Y}" if day else ""
                self._refuse(
                    problem[0],
                    f"La {self.act.short} è della seduta del {self.act.session_on:%d/%m/%Y} e {stands}, ma la "
                    f"{later.short} che la modifica è della seduta del {later.session_on:%d/%m/%Y}{since}: "
                    "controllare le date."
                )  # fmt: skip

    def _store(self, drafts: list[Incoming], act: Deliberation) -> None:
        """Insert what nobody knew; then fill what waits for its text."""
        if drafts is not self.incoming:
            super()._store(drafts, act)
            return
        super()._store([draft for draft in drafts if draft.sheet is None], act)
        self._fill([draft for draft in drafts if draft in self.stubs_filled])

    def _fill(self, drafts: list[Incoming]) -> None:
        gone = {draft.place: draft.sheet for draft in self.incoming if draft.content["change"] == Change.ELIMINATO}
        sheets = []
        for draft in drafts:
            sheet = self._filled(draft)
            sheet.substitutes = gone.get(draft.place) if sheet.change == Change.INSERITO else None
            draft.rows = rows_of(draft.content, sheet, self.plan.year, getattr(sheet, "successor", None))
            sheets.append(sheet)
        for kind in ("phases", "indicators", "participations"):
            create_recorded([row for draft in drafts for row in getattr(draft.rows, kind)])
        change_recorded(sheets, *TEXT)

    def _filled(self, draft: Incoming) -> Sheet:
        """The stub with its text, not stored yet."""
        sheet = draft.sheet
        if sheet is None:
            raise ValueError("Only a stub is filled.")
        sheet.change, sheet.base, sheet.on_file = draft.content["change"], draft.base, True
        sheet.position, sheet.kind = draft.index + 1, draft.content["kind"]
        sheet.sector_printed = draft.content["sector"]
        return self._with_text(sheet, draft.content, self.act)

    def _manager(self, sector: Sector, printed: str) -> Manager | None:
        """The responsabile printed on the sheet: one that a later act named was there already on this act's day."""
        manager = super()._manager(sector, printed)
        if manager and self.act.session_on and manager.valid_from > self.act.session_on:
            manager.valid_from = self.act.session_on
            manager.save()
        return manager

    def _end(self) -> Loaded:
        complete_cited(self.act)
        return Loaded(
            self.act,
            created=True,
            sheets=self.sheet_count,
            stubs=self.stubs,
            filled=len(self.stubs_filled),
            findings=tuple(self.findings),
        )

    def _warn(self, message: str) -> None:
        self.findings.append(Finding(WARNING, "R09", message))

    def _refuse(self, code: str, message: str) -> None:
        self.problems.append(Finding(ERROR, code, message))
