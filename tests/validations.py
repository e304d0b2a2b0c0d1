"""Validations to start from, without printing: their package is made of a few bytes."""

import hashlib
from typing import Any

from django.utils import timezone

from deliberations.models import Deliberation
from documents.models import Document, freeze
from evaluations.choices import FileRole, ValidationState
from evaluations.models import PackageFile, Validation
from evaluations.packages.contents import sheet_title, sheets_in
from evaluations.validating import decide, request_validation
from objectives.models import Plan
from organisation.models import User
from tests.this_year import first_act

MEMBERS = ("Dott.ssa Anna Verdi", "Luca Neri")


def requested(plan: Plan, by: User, act: Deliberation | None = None) -> Validation:
    """The plan after its first act (or another), handed over: nobody has prepared the package yet."""
    return request_validation(plan, act=act or first_act(plan), by=by)


def frozen(validation: Validation, *, whole: bool = True) -> Validation:
    """A validation with a package as if a worker had prepared it; its sheets only if it is to be `whole`."""

    def kept(name: str) -> Document:
        content = f"{validation.pk} {name}".encode()
        subject = f"fascicolo {validation.pk} {name}"
        return freeze(entity=validation.plan.entity, subject=subject, name=name, content=content)

    for place, sheet in enumerate(sheets_in(validation) if whole else (), 1):
        path = f"schede/{place:03}.pdf"
        facts: dict[str, Any] = {"role": FileRole.SCHEDA, "title": sheet_title(sheet), "sheet": sheet}
        PackageFile(validation=validation, position=place, path=path, document=kept(path), **facts).save()
    validation.bound, validation.archive = kept("fascicolo.pdf"), kept("fascicolo.zip")
    validation.package_sha256 = hashlib.sha256(str(validation.pk).encode()).hexdigest()
    validation.state = ValidationState.DA_VALIDARE
    validation.save()
    return validation


def decided(validation: Validation, by: User, state: str = ValidationState.VALIDATA, **said: Any) -> Validation:
    """A frozen validation on which the Nucleo decided today."""
    facts = {"minutes_number": "3", "minutes_on": timezone.localdate(), "members": MEMBERS, **said}
    return decide(validation, state, by=by, **facts)
