"""Changes on their way in the invented town, so that a demonstration shows every step: draft, sent, approved."""

from django.utils import timezone

from objectives.choices import Motive
from objectives.draft_content import DraftContent
from objectives.models import Passage, Plan, Sheet
from objectives.workflow import amend, approve, edit, submit
from organisation.models import Entity, User

NOTE = "Presa d'atto: la modifica serve prima della verifica finale."
CHANGES: list[tuple[dict[str, str], list[str]]] = [
    (
        {"motive": Motive.SLITTAMENTO, "motive_text": "La fornitura dei lettori di documenti è slittata all'autunno."},
        ["submit", "approve"],
    ),
    (
        {"motive": Motive.CAUSA_ESTERNA, "motive_text": "Il bando regionale è stato prorogato di due mesi."},
        ["submit"],
    ),
    ({"motive": Motive.SOSTITUZIONE, "motive_text": "L'Amministrazione chiede di allargare il servizio."}, []),
]


def begin_changes(entity: Entity) -> None:
    """Begin a change of the first sheets of the first settore, once, in the plan of this year if there is one.

    The people are those of create_demo_users. The second time, or in another year (R28), nothing happens.
    """
    plan = Plan.objects.filter(entity=entity, year=timezone.localdate().year).first()
    if plan is None or Passage.objects.filter(objective__plan=plan).exists():
        return
    office, manager, secretary = (
        User.objects.get(username=f"{name}.{entity.slug}") for name in ("ufficio", "responsabile", "segretario")
    )
    sector = office.memberships.get().sectors.get()
    tails = Sheet.objects.of(plan).in_force(entity.deliberations.registered()).filter(sector=sector, on_file=True)
    for sheet, (reason, steps) in zip(tails.order_by("number"), CHANGES, strict=False):
        draft = amend(sheet, by=office)
        text = f"{draft.description}\n\n{reason['motive_text']}"
        draft = edit(draft, DraftContent({**reason, "description": text}), by=office)
        if "submit" in steps:
            draft = submit(draft, by=manager, note=NOTE)
        if "approve" in steps:
            approve(draft, by=secretary, note=NOTE)
