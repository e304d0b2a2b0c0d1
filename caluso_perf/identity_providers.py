"""What the settings say of the entities' identity providers, before Django is there."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

NEEDED = {"name", "server_url", "client_id", "secret"}
Providers = dict[str, dict[str, Any]]


def checked(providers: Providers, *, https: bool) -> Providers:
    """Return the providers, by the short name of their entity. Raises ImproperlyConfigured for half a setting.

    With `https` each must be reached by HTTPS: its keys are believed because nobody can answer in its place.
    """
    for slug, one in providers.items():
        if missing := NEEDED - one.keys():
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: «{slug}» lacks {', '.join(sorted(missing))}.")
        if https and not one["server_url"].startswith("https://"):
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: the server_url of «{slug}» must begin with https://.")
    return providers


def pages_of(providers: Providers) -> list[str]:
    """Return the origins of the pages on which people say who they are, for the policy of our pages."""
    addresses = (str(one.get("sign_in_url") or one["server_url"]) for one in providers.values())
    return ["/".join(address.split("/")[:3]) for address in addresses]
