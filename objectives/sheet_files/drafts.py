"""From the sheets of a file to drafts: what each would do, what is in its way, and the doing, all or none."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from objectives.choices import Change, State
from objectives.forms.conflict import Difference, differences
from objectives.forms.draft import DraftForm
from objectives.forms.stored import typed_of
from objectives.models import Objective, Plan, Sheet
from objectives.permissions import Standing
from objectives.sheet_files.words import FileSheet, Problem, from_words
from objectives.workflow import Refused, Stale, amend, edit, eliminate, insert
from objectives.workflow.beginning import COPIED, free_number, manager_now
from objectives.workflow.drafting import manager_of
from organisation.models import Sector, User

AGAIN = "scaricare di nuovo il modello e riportarvi le modifiche"
GONE = f"la scheda da cui è stato compilato non c'è più, o è di un altro settore: {AGAIN}"
CHANGED_SINCE = f"la bozza è cambiata dopo che il file è stato preparato: {AGAIN}"
TWICE = "è la stessa scheda di un altro foglio: per un nuovo obiettivo usare un foglio «Nuovo obiettivo»"


@dataclass
class Planned:
    """What a sheet of a file would do. `sheet` is the version that it continues; None for a new objective."""

    file: FileSheet
    sheet: Sheet | None = None
    form: DraftForm | None = None
    eliminates: bool = False
    differences: list[Difference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    made: Sheet | None = None

    @property
    def does_something(self) -> bool:
        """Whether a draft comes of it, or changes."""
        return bool(self.differences) or self.eliminates

    @property
    def deed(self) -> str:
        """What it does, in words."""
        if not self.does_something:
            return "da correggere" if self.problems else "nessuna modifica"
        if self.sheet is None:
            return "nuovo obiettivo"
        if self.eliminates:
            return "proposta di eliminazione"
        return "nuova proposta di modifica" if self.sheet.is_adopted else "bozza modificata"


@dataclass(frozen=True)
class Upload:
    """What a whole file would do."""

    planned: Sequence[Planned]

    @property
    def at_work(self) -> list[Planned]:
        """The sheets that do something, or can't."""
        return [one for one in self.planned if one.does_something or one.problems]

    @property
    def idle(self) -> list[Planned]:
        """Those that change nothing."""
        return [one for one in self.planned if not one.does_something and not one.problems]

    @property
    def problems(self) -> list[tuple[Planned, Problem]]:
        """What is in the way, sheet by sheet."""
        return [(one, problem) for one in self.planned for problem in one.problems]

    @property
    def fingerprint(self) -> str:
        """Return what names all that it would do: who confirms another one has not seen this one."""
        told = [
            [one.file.name, one.deed, one.sheet and [one.sheet.pk, one.sheet.row_version], *_texts(one)]
            for one in self.at_work
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def drafts(self) -> int:
        """How many drafts come about or change."""
        return sum(one.does_something for one in self.planned)


class InTheWay(Exception):
    """The drafts were not made: `upload` says what is in the way. Nothing has changed."""

    def __init__(self, upload: Upload) -> None:
        super().__init__("Nothing was made.")
        self.upload = upload


def _texts(planned: Planned) -> list[list[str]]:
    return [[one.name, one.mine, one.stored] for one in planned.differences]


def rehearse(files: Iterable[FileSheet], plan: Plan, person: Standing, *, by: User) -> Upload:
    """Return what the sheets of a file would do. They do it, and it is taken back: nothing is saved."""
    with transaction.atomic():
        upload = _made(files, plan, person, by)
        transaction.set_rollback(True)
    return upload


def make(files: Iterable[FileSheet], plan: Plan, person: Standing, *, by: User, seen: str | None = None) -> Upload:
    """Make and change the drafts that the sheets of a file say, all or none.

    `seen` is the fingerprint of what the person was shown, None for who was shown nothing. Raises InTheWay where
    something is in the way, or it would now do something else.
    """
    with transaction.atomic():
        upload = _made(files, plan, person, by)
        if upload.problems or seen not in (None, upload.fingerprint):
            raise InTheWay(upload)
    return upload


def _made(files: Iterable[FileSheet], plan: Plan, person: Standing, by: User) -> Upload:
    sectors = {str(sector.pk): sector for sector in plan.entity.sectors.all()}
    upload = Upload([_planned(file, plan, sectors.get(file.sector), person) for file in files])
    _refuse_twice(upload.planned)
    for one in upload.planned:
        if one.does_something and not one.problems:
            _do(one, plan, sectors[one.file.sector], by)
    return upload


def _planned(file: FileSheet, plan: Plan, sector: Sector | None, person: Standing) -> Planned:
    planned = Planned(file, problems=list(file.problems))
    if file.is_untouched:
        return planned
    if file.stray:
        planned.problems.append(Problem("", file.stray))
        return planned
    if sector is None or not person.sees_drafts(sector.pk):
        planned.problems.append(Problem("", "è di un settore di cui non si preparano le schede"))
        return planned
    if file.version:
        of_plan = Sheet.objects.of(plan).filter(sector=sector, pk=file.version)
        planned.sheet = of_plan.with_rows().first()
        if planned.sheet is None:
            planned.problems.append(Problem("", GONE))
            return planned
    _compare(planned, plan, sector)
    return planned


def _compare(planned: Planned, plan: Plan, sector: Sector) -> None:
    """Hold what the file says against what stands there, as the drafting form holds two texts."""
    file, sheet = planned.file, planned.sheet
    if file.change == Change.ELIMINATO and sheet is not None:
        planned.eliminates = sheet.is_adopted
        return
    opened = opened_form(sheet, plan, sector)
    if opened.reason_only:
        return
    planned.form = DraftForm(opened.sheet, from_words(file.words, opened))
    planned.differences = differences(planned.form, opened)
    if planned.differences:
        places = file.places
        planned.problems += [
            Problem(places.get(where, ""), f"{label}: {message[0].lower()}{message[1:]}")
            for where, label, message in planned.form.errors
        ]


def opened_form(sheet: Sheet | None, plan: Plan, sector: Sector) -> DraftForm:
    """Return the form as a person would open it: of a draft, or of the one that a change would begin with."""
    if sheet is not None and not sheet.is_adopted:
        return DraftForm(sheet, typed_of(sheet))
    if sheet is None:
        draft = Sheet(objective=Objective(plan=plan), sector=sector, number=free_number(plan, sector))
        draft.change, draft.manager = Change.INSERITO, manager_now(sector)
    else:
        draft = Sheet(objective=sheet.objective, sector=sector, base=sheet, manager=manager_of(sheet))
        draft.change = Change.MODIFICATO
        for name in COPIED:
            setattr(draft, name, getattr(sheet, name))
    draft.state = State.BOZZA
    return DraftForm(draft, typed_of(draft, sheet))


def _refuse_twice(planned: Sequence[Planned]) -> None:
    seen = set()
    for one in planned:
        if one.sheet is not None and one.does_something:
            if one.sheet.pk in seen:
                one.problems.append(Problem("", TWICE))
            seen.add(one.sheet.pk)


def _do(one: Planned, plan: Plan, sector: Sector, by: User) -> None:
    """Do what a sheet says; what refuses it becomes its problem."""
    try:
        with transaction.atomic():
            one.made = _deed(one, plan, sector, by)
    except Stale:
        one.problems.append(Problem("", CHANGED_SINCE))
    except Refused as refusal:
        one.problems.append(Problem("", str(refusal)))
    except ValidationError as problem:
        one.problems += [Problem("", message) for message in problem.messages]


def _deed(one: Planned, plan: Plan, sector: Sector, by: User) -> Sheet:
    if one.eliminates and one.sheet is not None:
        return eliminate(one.sheet, by=by)
    if one.form is None:
        raise ValueError("A sheet that does something has its form.")
    content = one.form.content()
    if one.sheet is not None and not one.sheet.is_adopted:
        return edit(one.sheet, content, by=by, row_version=one.file.words.row_version)
    draft = amend(one.sheet, by=by) if one.sheet is not None else insert(plan, sector, by=by)
    return edit(draft, content, by=by, row_version=draft.row_version)
