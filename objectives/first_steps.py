"""The first hour of an entity in this program: what the Amministratore does first, told done or not from the data."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from organisation.models import Entity, Manager, Membership
from organisation.roles import Role

NEEDED = (Role.UFFICIO, Role.RESPONSABILE, Role.SEGRETARIO, Role.NUCLEO)
"""Without somebody in each of these roles a change does not go from the draft to the validation."""


@dataclass(frozen=True)
class FirstStep:
    """A step: what it is for, or what is still missing; where it is done."""

    label: str
    detail: str
    done: bool
    url: str


def first_steps(entity: Entity, *, has_plan: bool) -> list[FirstStep]:
    """Return the three steps; none once all are done. Two queries."""
    steps = [_act(entity, has_plan), _sectors(entity), _people(entity)]
    return [] if all(step.done for step in steps) else steps


def _act(entity: Entity, done: bool) -> FirstStep:
    return FirstStep(
        "Carica l'atto",
        "La deliberazione che approva il piano: settori, responsabili e schede nascono da lì.",
        done,
        reverse("import", args=[entity.slug]),
    )


def _sectors(entity: Entity) -> FirstStep:
    """Every active settore has a responsabile today."""
    today = timezone.localdate()
    now = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))
    answered = Exists(Manager.objects.filter(now, sector=OuterRef("pk")))
    sectors = list(entity.sectors.filter(active=True).annotate(answered=answered).order_by("match_key"))
    without = [sector.short_name for sector in sectors if not sector.answered]
    detail = f"Senza responsabile: {', '.join(without)}." if without else "Ogni settore ha chi ne risponde."
    url = reverse("sectors", args=[entity.slug])
    return FirstStep(
        "Controlla i settori", detail if sectors else "Nascono dal primo atto.", bool(sectors) and not without, url
    )


def _people(entity: Entity) -> FirstStep:
    """Somebody is in each role that a change passes through."""
    members = Membership.objects.filter(entity=entity, user__is_active=True)
    there = set(members.order_by().values_list("role", flat=True).distinct())
    missing = [role.label for role in NEEDED if role not in there]
    detail = f"Manca chi è: {', '.join(missing)}." if missing else "Ogni ruolo ha almeno una persona."
    return FirstStep("Invita i colleghi", detail, not missing, reverse("admin:organisation_user_changelist"))
