"""Who judges what is their own (R20), and whether the Segretario sits in the Nucleo (R21)."""

from collections.abc import Sequence

from evaluations.models import SectorReview, Validation
from objectives.models import Sheet
from objectives.permissions import standing
from organisation.models import User
from organisation.roles import Role

SHOWN = 5


def why_exception(validation: Validation, person: User) -> str:
    """Return why this person decides on the package only with a written exception (R20), or an empty text."""
    own = own_sheets(validation, person)
    if own:
        named = "; ".join(str(sheet) for sheet in own[:SHOWN])
        more = f" e altre {len(own) - SHOWN}" if len(own) > SHOWN else ""
        return (
            f"Ha inviato, o ne è responsabile, schede di questo fascicolo ({named}{more}): nessuno valida ciò che è "
            "suo, se non con una deroga scritta (R20)."
        )
    report = validation.report
    if report and SectorReview.objects.filter(round=report.round_id, confirmed_by=person).exists():
        return "Ha confermato risultati di questa Relazione: la valida solo con una deroga scritta (R20)."
    return ""


def own_sheets(validation: Validation, person: User) -> list[Sheet]:
    """Return the sheets of the package that the person sent or answers for, in its order."""
    who = standing(person, validation.plan.entity)
    files = validation.files.exclude(sheet=None).select_related("sheet__sector", "sheet__manager")
    return [file.sheet for file in files if file.sheet and who.needs_exception(file.sheet)]


def warnings(validation: Validation, members: Sequence[str]) -> list[str]:
    """Return what an expert would object to these members: the Segretario among them (R21)."""
    segretari = User.objects.filter(memberships__entity=validation.plan.entity, memberships__role=Role.SEGRETARIO)
    known = {_folded(user.get_full_name()) for user in segretari.distinct()}
    if validation.act and validation.act.secretary:
        known.add(_folded(validation.act.secretary))
    found = [name for name in members if _folded(name) in known - {frozenset()}]
    return [
        f"{name} risulta Segretario dell'ente: il Segretario non fa parte del Nucleo (R21, ANAC 180/2020)."
        for name in found
    ]


def _folded(name: str) -> frozenset[str]:
    """A name without titles and without order: "Dr. ROSSI Maria" is "Maria Rossi"."""
    return frozenset(word for word in name.casefold().split() if not word.endswith("."))
