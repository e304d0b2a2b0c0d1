"""Who hears of a validation, by e-mail, and in which words. Called by the deeds, in their transaction.

To the Nucleo goes what waits for its decision; to the Segretario, and to who handed it over, what was decided.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from evaluations.choices import ValidationState
from evaluations.models import Validation
from organisation.models import Entity, User
from organisation.notices import write_notices
from organisation.roles import MAY, Deed

DECIDED = {
    ValidationState.VALIDATA: "ha validato",
    ValidationState.CON_RILIEVI: "ha validato con rilievi",
    ValidationState.RESTITUITA: "ha restituito",
}


def ready(validation: Validation) -> None:
    """Tell the Nucleo that a package waits for it."""
    body = (
        f"Il fascicolo «{validation}» è pronto e non cambia più.\nImpronta: {validation.package_sha256}\n\n"
        "Che cosa fare: leggerlo, scrivere gli eventuali rilievi e registrare la decisione con il verbale."
    )
    _tell(validation, who_may(validation.plan.entity, Deed.VALIDATE), f"{validation}: da validare", body)


def decided(validation: Validation) -> None:
    """Tell who waits for the decision what the Nucleo decided."""
    done = DECIDED[ValidationState(validation.state)]
    reasons = f"\n\nMotivi:\n{validation.reasons}" if validation.reasons else ""
    to_do = "\n\nChe cosa fare: rimediare, e trasmettere di nuovo." if not validation.is_valid else ""
    body = f"Il Nucleo di Valutazione {done} «{validation}» (verbale {minutes(validation)}).{reasons}{to_do}"
    waiting = {*who_may(validation.plan.entity, Deed.EVALUATE), *filter(None, [validation.requested_by])}
    _tell(validation, waiting - {validation.decided_by}, f"{validation}: {validation.get_state_display()}", body)


def minutes(validation: Validation) -> str:
    """The minutes as an office cites them: "n. 3 del 12/12/2026"."""
    return f"n. {validation.minutes_number} del {validation.minutes_on:%d/%m/%Y}"


def who_may(entity: Entity, deed: Deed) -> "QuerySet[User]":
    """Return the people of an entity whose role allows `deed`."""
    roles = [role for role, deeds in MAY.items() if deed in deeds]
    people: QuerySet[User] = User.objects.filter(memberships__entity=entity, memberships__role__in=roles)
    return people.distinct()


def _tell(validation: Validation, people: Iterable[User], subject: str, body: str) -> None:
    entity = validation.plan.entity
    write_notices(entity, people, subject, body, reverse("validation", args=[entity.slug, validation.pk]))
