"""Takes the names of the staff out of texts that everybody may read (R32; Garante privacy, 204/2025).

The staff tables of the sheets say who they are. The names of the responsabili stay: theirs is a public office.
A name of one word alone ("Rossi") can't be told from other words, and is not looked for.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from evaluations.papers.report.names import Name, name_of
from objectives.corrections import STAFF
from objectives.models import Correction, Participation
from organisation.folding import fold
from organisation.models import Entity, Manager

HIDDEN = "[nome omesso]"
_SHARE = re.compile(r"[\d.,%\s]+$")
"""What a correction writes after a name: "ROSSI MARIA 50"."""
_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]*)*")


@dataclass(frozen=True)
class HiddenNames:
    """The names that an entity doesn't publish, each as its folded words."""

    names: Collection[Name]

    def out_of(self, text: str) -> str:
        """Return `text` with HIDDEN where it tells one of the names, whichever of first name and surname is first."""
        words = list(_WORD.finditer(text))
        folded = [fold(word[0]).rstrip("'") for word in words]
        lengths = sorted({len(name) for name in self.names}, reverse=True)
        shown, after, at = [], 0, 0
        while at < len(words):
            told = next(
                (n for n in lengths if at + n <= len(words) and frozenset(folded[at : at + n]) in self.names), 0
            )
            if told:
                shown += [text[after : words[at].start()], HIDDEN]
                after = words[at + told - 1].end()
            at += told or 1
        return "".join([*shown, text[after:]])


def hidden_names(entity: Entity) -> HiddenNames:
    """Return the names of the staff of `entity`, of whatever year, as printed and as corrected, in two queries."""
    of_entity = {"sheet__objective__plan__entity": entity}
    printed = Participation.objects.filter(**of_entity).order_by().values_list("name")
    corrected = Correction.objects.filter(**of_entity, place__startswith=STAFF).order_by().values_list("right")
    managers = Manager.objects.filter(sector__entity=entity).order_by().values_list("name", flat=True)
    public = {name_of(name) for name in managers}
    named = {name_of(_SHARE.sub("", name)) for (name,) in printed.union(corrected)}
    return HiddenNames({name for name in named - public if len(name) > 1})
