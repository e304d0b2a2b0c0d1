"""What the public page may tell of a validated file, and where it belongs for who is signed in."""

from django.db.models import Q
from django.urls import reverse

from documents.models import Document
from documents.upper_rooms import Known
from evaluations.models import PackageFile, Validation
from evaluations.packages.telling import minutes
from evaluations.packages.words import subject_of, validated_line


def describe(document: Document) -> Known | None:
    """Return what a file of a package is, or None for any other. In public no person is named (R32)."""
    file = (
        PackageFile.objects.filter(Q(validated=document) | Q(document=document))
        .select_related(
            "validation__plan__entity", "validation__act__entity", "validation__report__plan", "sheet__sector"
        )
        .order_by("-validated", "-pk")
        .first()
    )
    if file and file.validated_id == document.pk:
        return _known(file.validation, file.title, _sheet_facts(file))
    whole = Q(validated_bound=document) | Q(validated_archive=document) | Q(bound=document) | Q(archive=document)
    found = Validation.objects.filter(whole).select_related("plan__entity", "act__entity", "report__plan").first()
    if found:
        return _known(found, "Fascicolo del Nucleo di Valutazione", ())
    return _known(file.validation, file.title, _sheet_facts(file)) if file else None


def _known(validation: Validation, title: str, facts: tuple[tuple[str, str], ...]) -> Known:
    told = [*facts, ("Che cosa", subject_of(validation))]
    if validation.is_valid:
        told += [("Esito", validated_line(validation)), ("Verbale", minutes(validation))]
    address = reverse("validation", args=[validation.plan.entity.slug, validation.pk])
    return Known(title, address, tuple(told))


def _sheet_facts(file: PackageFile) -> tuple[tuple[str, str], ...]:
    if file.sheet is None:
        return ()
    return (("Settore", file.sheet.sector_printed or file.sheet.sector.name), ("Versione", file.sheet.version_id))
