"""A withdrawn draft, taken up again as it was."""

from django.db import transaction

from objectives.choices import PassageKind
from objectives.models import Objective, Sheet
from objectives.permissions import standing
from objectives.withdrawn import rows_of_withdrawn, why_not_again, withdrawn_drafts
from objectives.workflow.locking import locked, passed
from objectives.workflow.refusals import Refused
from organisation.holding import hold
from organisation.models import Entity, User
from organisation.recording import recording
from organisation.roles import Deed

HERE = "Questa bozza non è tra quelle ritirate: forse qualcuno l'ha già recuperata."


def take_up_again(entity: Entity, key: int, *, by: User) -> Sheet:
    """Put a withdrawn draft back as it was, under its own key, so that its comments, files and passages are its own.

    Raises Refused for who may not draft in its settore, where it is here already (`sheet` of the refusal), and where
    the text that it changes is being changed by another or was changed by an act.
    """
    with transaction.atomic(), recording(by=by, why="Bozza ritirata e recuperata"):
        known = Sheet.history.filter(id=key, objective__plan__entity=entity).values_list("objective", "base").first()
        if known is None:
            raise Refused(HERE)
        hold(Objective.objects.filter(pk=known[0]))  # two at once: the second finds what the first put back
        if known[1]:
            locked(Sheet(pk=known[1]))  # nor is another change of the same text begun meanwhile
        last = withdrawn_drafts(entity).filter(id=key).first()
        if last is None:
            raise Refused(HERE, sheet=Sheet.objects.filter(pk=key).first())
        if refusal := standing(by, entity).why_not_sector(Deed.DRAFT, last.sector):
            raise Refused(refusal)
        if problem := why_not_again([last]).get(key):
            raise Refused(problem)
        rows = rows_of_withdrawn(key)
        draft: Sheet = last.instance
        if draft.substitutes_id and not Sheet.objects.filter(pk=draft.substitutes_id).exists():
            draft.substitutes = None  # withdrawn too
        draft.row_version += 1
        draft.save(force_insert=True)
        for row in rows:
            row.sheet = draft
            row.save(force_insert=True)
        passed(draft, PassageKind.AVVIATA, by, "Recuperata dopo il ritiro.")
        return draft
