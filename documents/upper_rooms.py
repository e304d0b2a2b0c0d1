"""What the rooms above this one know of a frozen file: they put themselves in this list when the program starts
(`ready` of their app). A test lists who does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from documents.models import Document


@dataclass(frozen=True)
class Known:
    """What a file is. `facts` are told to anybody who has the file's code: no names of staff in them.

    `address` is the page, for who is signed in, where the file belongs.
    """

    title: str
    address: str
    facts: tuple[tuple[str, str], ...] = ()


describers: list[Callable[[Document], Known | None]] = []
"""Each says what a file of its room is, or None."""


def known(document: Document) -> Known | None:
    """Return what the rooms above know of `document`, or None when it is of none of them."""
    told = (describe(document) for describe in describers)
    return next((one for one in told if one), None)
