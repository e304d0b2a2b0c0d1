"""Sign-in through the identity provider of an entity (OpenID Connect): for who has an account here already.

The provider answers for an e-mail address, and only for the people of its own entity: who works in another one too, or
administers the installation, enters with their password, or the provider of one entity could open the others. Nothing
of the provider is stored, nobody is added, and a second factor is asked for as after a password.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn

import jwt
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess, Provider
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from organisation.models import User
from organisation.rates import limited_by_address

UNKNOWN = (
    "Per l'indirizzo indicato dall'ente non c'è un accesso che si apra così: entrare con nome e password, "
    "o rivolgersi all'amministratore dell'ente."
)
FAILED = "L'accesso tramite l'ente non è riuscito: riprovare, o entrare con nome e password."
SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures that only the provider can make; never one made with a secret that both know."""
CLOCKS_APART = 30
"""Seconds by which the clock of a provider may differ from ours."""

logger = logging.getLogger(__name__)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Knows the providers of the settings, and finds the person whom one of them names."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Return the providers of the settings; rows in the database, which would be a second way in, are not read."""
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=slug,
                name=one["name"],
                client_id=one["client_id"],
                secret=one["secret"],
                settings={"server_url": one["server_url"], "oauth_pkce_enabled": True},
            )
            for slug, one in settings.OIDC_PROVIDERS.items()
            if provider in {None, "openid_connect", slug}
        ]

    def get_provider(self, request: HttpRequest, provider: str, client_id: Any = None) -> Provider:
        """Return a provider whose tokens are checked. Raises SocialApp.DoesNotExist."""
        found = super().get_provider(request, provider, client_id)
        found.oauth2_adapter_class = CheckedTokens
        return found

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Take the person of the provider's entity who has the verified address; refuse anybody else."""
        slug = sociallogin.provider.app.provider_id
        person = next((person_of_entity(slug, one.email) for one in sociallogin.email_addresses if one.verified), None)
        if person is None:
            logger.warning("The provider of %s named nobody who may enter through it.", slug)
            _back(request, UNKNOWN)
        sociallogin.user = person

    def on_authentication_error(
        self, request: HttpRequest, provider: Provider, error: Any = None, exception: Any = None, **kwargs: Any
    ) -> None:
        """Lead back to the sign-in. The log gets the kind of fault: its words may hold what the provider sent."""
        logger.warning(
            "Sign-in through %s failed: %s", provider.sub_id, type(exception).__name__ if exception else error
        )
        _back(request, FAILED)


def person_of_entity(slug: str, address: str) -> User | None:
    """Return the one person with this address who works in this entity and in no other, superusers excepted.

    Letters beyond ASCII are refused: two that differ may be the same letter to a database that ignores case.
    """
    legible = address and address.isascii() and address.isprintable()
    named = list(User.objects.filter(email__iexact=address)[:2]) if legible else []
    if len(named) != 1 or named[0].is_superuser:
        return None
    return named[0] if set(named[0].memberships.values_list("entity__slug", flat=True)) == {slug} else None


def _back(request: HttpRequest, sentence: str) -> NoReturn:
    messages.error(request, sentence)
    raise ImmediateHttpResponse(redirect("account_login"))


@contextmanager
def _making_sense() -> Iterator[None]:
    """What a provider answers may be anything: raises OAuth2Error for what cannot be read."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError, jwt.PyJWTError) as strange:
        raise OAuth2Error("The answer of the provider cannot be used.") from strange


def nonce_of(state: str) -> str:
    """Return the word that a token must repeat: it ties the token to the one attempt of the one browser."""
    return hashlib.sha256(f"nonce {state}".encode()).hexdigest()


class AsksWithNonce(OAuth2Client):
    """Sends the word along."""

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        """Return where the person is led."""
        address: str = super().get_redirect_url(
            authorization_url, scope, {**extra_params, "nonce": nonce_of(self.state)}
        )
        return address


class CheckedTokens(OpenIDConnectOAuth2Adapter):
    """Believes the signed token alone: its signature, for whom it is, since when, until when, for which attempt."""

    client_class = AsksWithNonce

    @property
    def openid_config(self) -> dict[str, str]:
        """Return where the pages of the provider are. Raises OAuth2Error, RequestException."""
        with _making_sense():
            found: dict[str, str] = super().openid_config
            wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
            return found | {name: found[name] + "" for name in wanted}

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Exchange the code for the token. Raises OAuth2Error, RequestException."""
        with _making_sense():
            data: dict[str, Any] = super().get_access_token_data(*args, **kwargs)
            return data

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """Return an empty one: nothing more is asked of the provider."""
        return SocialToken(token="")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Return whom the token names. Raises OAuth2Error for a token that is not to be believed."""
        with _making_sense():
            claims = self._claims(app, kwargs["response"]["id_token"])
            email = EmailAddress(email=claims.get("email", "") + "", verified=claims.get("email_verified") is True)
        account = SocialAccount(provider=self.provider_id, uid="", extra_data={})
        return SocialLogin(provider=self.get_provider(), account=account, email_addresses=[email])

    def _claims(self, app: SocialApp, token: str) -> dict[str, Any]:
        with get_provider_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        kid = jwt.get_unverified_header(token).get("kid")
        (key,) = (one for one in keys if kid in {None, one.key_id})
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=SIGNED_WITH,
            audience=app.client_id,
            issuer=self.openid_config["issuer"],
            leeway=CLOCKS_APART,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The token was made for another program.")
        if not constant_time_compare(claims["nonce"] + "", nonce_of(self.request.GET["state"])):
            raise OAuth2Error("The token was made for another attempt.")
        return claims


def _or_back(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Lead back to the sign-in when the provider cannot be asked. Raises Http404 for one that is not configured."""

    @wraps(view)
    def answered(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except SocialApp.DoesNotExist as missing:
            raise Http404 from missing
        except (OAuth2Error, RequestException) as fault:
            logger.warning("The provider of %s cannot be asked: %s", provider_id, type(fault).__name__)
            messages.error(request, FAILED)
            return redirect("account_login")

    return answered


@login_not_required
@require_POST
@limited_by_address("provider")
@_or_back
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the page of the provider."""
    provider = get_provider_adapter().get_provider(request, provider_id)
    answer: HttpResponse = provider.redirect(request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    return answer


@login_not_required
@require_GET
@limited_by_address("provider")
@_or_back
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Receive who comes back from the provider."""
    answer: HttpResponse = OAuth2CallbackView.adapter_view(CheckedTokens(request, provider_id))(request)
    return answer
