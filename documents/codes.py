"""The code printed on a document, with which anybody can look it up on the public page."""

import secrets

from django.conf import settings
from django.urls import reverse

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What codes are made of: no 0 and O, no 1, I and L, and no U, which is read as V."""
_GROUPS, _GROUP = 3, 4


def new_code() -> str:
    """Return a code that nobody can guess, as "XXXX-XXXX-XXXX": 12 letters of 30, about 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def read_code(text: str) -> str | None:
    """Return a code as it is kept, from one typed by hand (small letters, other dashes, spaces), or None."""
    letters = "".join(character for character in text.upper() if character.isalnum())
    if len(letters) != _GROUPS * _GROUP or not set(letters) <= set(LETTERS):
        return None
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def check_url(code: str) -> str:
    """Return the public address, whole, at which the document with this code is checked."""
    return settings.SITE_URL.rstrip("/") + reverse("check_code", args=[code])
