"""The papers of an act as they stand in a package: its text, variations, notes, and the sheets that it takes away.

The sheets that it writes stand in the package once, as they are in force.
"""

from deliberations.models import Deliberation
from documents.models import Document
from objectives.choices import Change
from objectives.papers.dossier import Dossier, dossier_document, dossier_of


class ActPapers(Dossier):
    """A dossier without the sheets that are in force."""

    @property
    def file_name(self) -> str:
        """The name under which it is saved."""
        return f"atto-{self.act.slug}.pdf"


def papers_document(act: Deliberation, processes: int = 1) -> Document:
    """Return the papers of a registered act, made now if they never were. Raises LookupError and PdfUnavailable."""
    whole = dossier_of(act)
    taken_away = [sheet for sheet in whole.sheets if sheet.change == Change.ELIMINATO]
    return dossier_document(ActPapers(whole.act, whole.paper, taken_away), processes)
