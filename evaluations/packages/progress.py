"""How far the files of a validation are, whether their making failed, and whether it can be asked again."""

from dataclasses import dataclass

from django_tasks import TaskResultStatus

from documents.jobs import died
from documents.models import Document
from evaluations.choices import ValidationState
from evaluations.models import Validation
from evaluations.packages import jobs
from evaluations.packages.contents import sheets_in
from evaluations.packages.validated import subject_of, to_print
from objectives.printing import sheet_subject

STOPPED = "La preparazione si è fermata prima della fine. Nessun dato è andato perso: si può chiedere di nuovo."


@dataclass(frozen=True)
class Progress:
    """The sheets that are printed, of so many; `problem` is what stands in the way, empty while all goes well."""

    done: int
    total: int
    making: bool
    problem: str = ""

    @property
    def can_be_asked_again(self) -> bool:
        """Whether nobody is making the files that are missing."""
        return self.making and bool(self.problem)


def progress(validation: Validation) -> Progress:
    """Return how far the files are that a validation waits for: its package, or the validated files."""
    if validation.state == ValidationState.IN_PREPARAZIONE:
        subjects = [sheet_subject(sheet) for sheet in sheets_in(validation)]
    elif validation.is_valid and not validation.validated_bound_id:
        subjects = [subject_of(file) for file in to_print(validation)]
    else:
        return Progress(0, 0, making=False)
    known = Document.objects.filter(entity=validation.plan.entity_id, subject__in=subjects).count()
    return Progress(known, len(subjects), True, validation.problem or _stopped(validation))


def _stopped(validation: Validation) -> str:
    last = jobs.asked(validation).order_by("-enqueued_at").first()
    ended = last is None or last.status in {TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL} or died(last)
    return STOPPED if ended else ""
