"""The files that say that the Nucleo validated them, printed after the decision outside a request.

Each sheet is the same form of the same version with the words of the validation on it; an attestation stands before
the Relazione. Each file has a code of its own, printed on it, with which anybody can check it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from django.db import transaction

from documents.codes import new_code
from documents.models import Document
from documents.render import require_printing
from documents.sharing import shared_out
from documents.signing import seal_copy
from evaluations.choices import FileRole, ValidationKind
from evaluations.models import PackageFile, Remark, Validation
from evaluations.packages.archive import with_index, zipped
from evaluations.packages.attestation import attested
from evaluations.packages.book import Book, Leaf, bind
from evaluations.packages.contents import sector_of
from evaluations.packages.index import Line
from evaluations.packages.preparing import find, keep, stem
from evaluations.packages.words import Stamp, head, stamp
from objectives.models import Sheet
from objectives.pdf import SheetForm, SheetWork, render_work
from objectives.printing import work_of
from organisation.holding import hold
from organisation.recording import change_recorded, recording

WHY = "Stampa di ciò che il Nucleo ha validato"


@dataclass(frozen=True)
class ValidatedForm(SheetForm):
    """The form of a sheet with the words of the validation at its head and foot."""

    validation: Stamp | None = None


def print_validated(validation: Validation, processes: int = 1) -> Validation:
    """Print the validated files of a validation that has none yet; return it as it is then.

    Raises PdfUnavailable, DamagedDocumentError and SealUnavailable, with a sentence.
    """
    if not validation.is_valid or validation.validated_bound_id:
        return validation
    require_printing()
    remarks = list(validation.remarks.select_related("sheet__sector"))
    files = list(validation.files.select_related("document", "sheet").order_by("position"))
    with recording(by=None, why=WHY, act=validation.act.short if validation.act else ""):
        if validation.kind == ValidationKind.ATTO:
            _print_sheets(validation, files, remarks, processes)
        else:
            _attest(validation, files, remarks)
        bound, archive = _bound(validation, files, remarks), _archive(validation, files)
        _sealed(files, bound)
        return _kept(validation, files, bound, archive)


def subject_of(file: PackageFile) -> str:
    """What the validated file of a package's file is frozen under."""
    return f"validato {file.validation_id} file {file.pk}"


def to_print(validation: Validation) -> list[PackageFile]:
    """Return the files that get the words of the validation: not an act's papers, nor a text that is not on file."""
    files = validation.files.exclude(role=FileRole.ATTO).exclude(sheet__on_file=False)
    return list(files.select_related("document"))


def _print_sheets(
    validation: Validation, files: Sequence[PackageFile], remarks: Sequence[Remark], processes: int
) -> None:
    sheets = Sheet.objects.with_rows().in_bulk([file.sheet_id for file in files if file.sheet_id])
    chosen = [file for file in files if file.sheet_id and sheets[file.sheet_id].on_file]
    for file in chosen:
        file.validated = find(validation, subject_of(file))
    missing = [(file, sheets[file.sheet_id], new_code()) for file in chosen if not file.validated and file.sheet_id]
    works = [
        _work(sheet, stamp(validation, code, [one for one in remarks if one.sheet_id == sheet.pk]), validation)
        for _, sheet, code in missing
    ]
    contents = shared_out(render_work, works, processes)
    for (file, _, code), content in zip(missing, contents, strict=True):
        file.validated = keep(validation, subject_of(file), _name(file), content, code)


def _work(sheet: Sheet, words: Stamp, validation: Validation) -> SheetWork:
    work = work_of(sheet)
    whole = {one.name: getattr(work.form, one.name) for one in fields(work.form)}
    lines = {"act_line": f"{work.form.act_line} – {work.form.force_line}", "force_line": words.foot}
    form = ValidatedForm(**{**whole, **lines}, validation=words)
    return SheetWork(form, work.source, validation.decided_at or work.created)


def _attest(validation: Validation, files: Sequence[PackageFile], remarks: Sequence[Remark]) -> None:
    """Put an attestation before the Relazione and each form of results: their bytes are those that were validated."""
    for file in files:
        file.validated = find(validation, subject_of(file))
        if file.validated is None:
            words = stamp(validation, new_code(), [one for one in remarks if one.sheet_id == file.sheet_id])
            content = attested(file, validation, words)
            file.validated = keep(validation, subject_of(file), _name(file), content, words.code)


def _sealed(files: Sequence[PackageFile], bound: Document) -> None:
    """Keep a sealed copy of every PDF, where the entity has a seal."""
    for document in (*(file.validated for file in files if file.validated), bound):
        seal_copy(document)


def _bound(validation: Validation, files: Sequence[PackageFile], remarks: Sequence[Remark]) -> Document:
    subject = f"validato {validation.pk} pdf"
    if known := find(validation, subject):
        return known
    lines = _lines(files)
    digest = hashlib.sha256(with_index(head(validation), lines)[1]).hexdigest()
    groups = [_group(file) for file in files]
    leaves = [Leaf(line, group) for line, group in zip(lines, groups, strict=True)]
    words = stamp(validation, validation.code, list(remarks))
    book = Book(validation, leaves, digest, validation.decided_at or validation.requested_at, words)
    name = f"{stem(validation)}-validato.pdf"
    return keep(validation, subject, name, bind(book, _contents(files)), validation.code)


def _archive(validation: Validation, files: Sequence[PackageFile]) -> Document:
    subject = f"validato {validation.pk} zip"
    if known := find(validation, subject):
        return known
    code = new_code()
    words = stamp(validation, code, [])
    opening = [*head(validation), words.line, words.minutes, f"Impronta del fascicolo: {validation.package_sha256}"]
    told, named = with_index([*opening, f"Codice di controllo dello zip: {code}"], _lines(files))
    paths = (file.path for file in files)
    content = zipped(
        told, named, zip(paths, _contents(files), strict=True), validation.decided_at or validation.requested_at
    )
    return keep(validation, subject, f"{stem(validation)}-validato.zip", content, code)


def _lines(files: Sequence[PackageFile]) -> list[Line]:
    return [Line(file.path, file.title, _final(file).sha256, _final(file).code or "") for file in files]


def _final(file: PackageFile) -> Document:
    """The file as it stands in the validated package: an act's papers are not the Nucleo's to mark."""
    return file.validated or file.document


def _contents(files: Sequence[PackageFile]) -> Iterator[bytes]:
    return (_final(file).read() for file in files)


def _group(file: PackageFile) -> str:
    return sector_of(file.sheet) if file.sheet else ""


def _name(file: PackageFile) -> str:
    return file.document.name.removesuffix(".pdf") + "-validato.pdf"


def _kept(validation: Validation, files: Sequence[PackageFile], bound: Document, archive: Document) -> Validation:
    with transaction.atomic():
        hold(Validation.objects.filter(pk=validation.pk))
        held: Validation = Validation.objects.select_related("plan__entity", "act", "report").get(pk=validation.pk)
        if held.validated_bound_id:
            return held
        change_recorded([file for file in files if file.validated], "validated")
        held.validated_bound, held.validated_archive, held.problem = bound, archive, ""
        held.row_version += 1
        held.save()
        return held
