"""How often one address may ask the public pages, so that nobody tries codes one after another."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

PER_MINUTE = 60
"""Questions. A whole office may stand behind one address."""


def too_often(request: HttpRequest) -> bool:
    """Count a question of this address; tell whether it has asked more than PER_MINUTE in a minute."""
    address = get_adapter().get_client_ip(request)
    key = f"check:{hashlib.sha256(address.encode()).hexdigest()}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > PER_MINUTE
    except ValueError:  # The minute ended between the two lines.
        return False
