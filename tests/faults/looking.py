"""What is on record of the town of a round: whether any deed is half done, and all of it to be compared.

Read with a connection of its own that is closed afterwards: the database may be killed the next moment.
"""

from collections import Counter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from deliberations.models import Attendance, Deliberation
from documents.models import DamagedDocumentError, Document
from evaluations.models import PackageFile, Result, Round, RoundPassage, SheetReview, Validation
from objectives.models import Indicator, Objective, Passage, Phase, Plan, Sheet
from operations.backup.moment import one_moment
from organisation.models import Notice
from tests.faults.mailbox import Mailbox
from tests.faults.town import IMPORTED, SHEETS, Town
from tests.sessions import TODAY

BEFORE, AFTER = "before", "after"
OF_ENTITY: dict[type[Model], str] = {
    Deliberation: "entity", Attendance: "deliberation__entity", Plan: "entity", Objective: "plan__entity",
    Sheet: "objective__plan__entity", Phase: "sheet__objective__plan__entity",
    Indicator: "sheet__objective__plan__entity", Passage: "sheet__objective__plan__entity",
    Round: "plan__entity", RoundPassage: "round__plan__entity", Result: "round__plan__entity",
    SheetReview: "round__plan__entity", Validation: "plan__entity", PackageFile: "validation__plan__entity",
    Document: "entity", Notice: "entity",
}  # fmt: skip


def halves(of: Town) -> dict[str, str]:
    """Say of each deed whether it is BEFORE or AFTER; anything else, in words, is half of it.

    All is read as of one moment: a worker that was not killed goes on meanwhile.
    """
    try:
        with one_moment(DEFAULT_DB_ALIAS):
            return {
                "adozione": _adoption(of), "chiusura": _closing(of),
                "importazione": _import(of), "fascicolo": _package(of),
            }  # fmt: skip
    finally:
        connection.close()


def _adoption(of: Town) -> str:
    act = Deliberation.objects.get(pk=of.proposal.pk)
    seen = {
        "number": act.number == 100, "in force": act.in_force_from is not None,
        "sheets": set(Sheet.objects.filter(deliberation=act).values_list("state", flat=True)) == {"ADOTTATA"},
        "attendance": Attendance.objects.filter(deliberation=act).count() == 3,
        "validation": Validation.objects.filter(act=act).count() == 1,
    }  # fmt: skip
    return _all_or_none(seen)


def _closing(of: Town) -> str:
    now = Round.objects.get(pk=of.verification.pk)
    reviews = list(SheetReview.objects.filter(round=now))
    seen = {
        "closed": now.is_closed, "outcome": bool(now.outcome),
        "passage": RoundPassage.objects.filter(round=now, kind="CHIUSA").count() == 1,
        "sheets": len(reviews) == len(SHEETS) and all(one.outcome for one in reviews),
    }  # fmt: skip
    return _all_or_none(seen)


def _import(of: Town) -> str:
    plan = Plan.objects.filter(entity=of.entity, year=IMPORTED)
    acts = Deliberation.objects.filter(entity=of.entity, year=IMPORTED)
    sheets = Sheet.objects.filter(objective__plan__in=plan, deliberation__in=acts, state="ADOTTATA")
    counts = plan.count(), acts.count(), sheets.count(), Phase.objects.filter(sheet__in=sheets).count()
    return {(0, 0, 0, 0): BEFORE, (1, 1, len(SHEETS), len(SHEETS)): AFTER}.get(counts, f"half: {counts}")


def _package(of: Town) -> str:
    """The package of the plan; BEFORE is also while it is being prepared."""
    found = list(Validation.objects.filter(plan__entity=of.entity))
    if len(found) != 1:
        return f"twice: {len(found)}" if found else BEFORE
    one = found[0]
    seen = {
        "frozen": one.state == "DA_VALIDARE", "files": PackageFile.objects.filter(validation=one).exists(),
        "whole": bool(one.bound_id and one.archive_id and one.package_sha256),
    }  # fmt: skip
    return f"problem: {one.problem}" if one.problem else _all_or_none(seen)


def _all_or_none(seen: dict[str, bool]) -> str:
    if all(seen.values()):
        return AFTER
    return f"half: {seen}" if any(seen.values()) else BEFORE


def record(of: Town) -> dict[str, Any]:
    """Everything that is on record of the town, in a form that is the same for the same deeds."""
    told: dict[str, Any] = {}
    for model, path in OF_ENTITY.items():
        rows = model._default_manager.filter(**{path: of.entity})
        told[model.__name__] = rows.count()
    sheets = Sheet.objects.filter(objective__plan__entity=of.entity)
    validations = Validation.objects.filter(plan__entity=of.entity)
    told["states of sheets"] = dict(Counter(sheets.values_list("state", flat=True)))
    told["states of validations"] = dict(Counter(validations.values_list("state", flat=True)))
    told["in force"] = in_force(of.plan)
    connection.close()
    return told


def in_force(plan: Plan) -> list[tuple[int, str, int | None]]:
    """Number, title and weight of the sheets in force today."""
    acts = plan.entity.deliberations.in_force_on(TODAY)
    sheets = Sheet.objects.of(plan).in_force(acts).order_by("number")
    return [(one.number, one.title, one.weight and int(one.weight)) for one in sheets]


def damaged(of: Town) -> list[str]:
    """Papers on record whose bytes are not."""
    found = []
    for document in Document.objects.filter(entity=of.entity):
        try:
            document.read()
        except DamagedDocumentError as why:
            found.append(str(why))
    connection.close()
    return found


def queue() -> Counter[str]:
    """How many tasks stand how."""
    try:
        return Counter(DBTaskResult.objects.values_list("status", flat=True))
    finally:
        connection.close()


def is_settled() -> bool:
    """Whether no task waits or runs."""
    standing = queue()
    return not (standing[TaskResultStatus.READY] or standing[TaskResultStatus.RUNNING])


def mail(of: Town, box: Mailbox) -> tuple[list[str], int]:
    """Say which e-mails went wrong, and how many nobody knows of (their worker died while it sent them; ADR 0016)."""
    notices = list(Notice.objects.filter(entity=of.entity).select_related("to"))
    connection.close()
    written = Counter((one.to.email, one.subject, one.path) for one in notices)
    arrived = Counter({key: count for key, count in box.kept.items() if key in written})
    wrong = [f"twice: {key[:2]}" for key in (arrived - written)]
    unknown = [one for one in notices if one.claimed_at and not one.sent_at]
    sent = [one for one in notices if one.sent_at]
    if missing := Counter((one.to.email, one.subject, one.path) for one in sent) - arrived:
        wrong.append(f"sent, and not arrived: {[key[:2] for key in missing]}")
    if len(sent) + len(unknown) != len(notices):
        wrong.append(f"not sent: {len(notices) - len(sent) - len(unknown)}")
    return wrong, len(unknown)
