"""The addresses of one's own sign-in, and of an entity's coat of arms: Italian words."""

from django.urls import include, path
from django.views.generic import RedirectView

from organisation import identity_provider
from organisation.logos import logo
from organisation.own_access import OwnAccess, leave_others

# Who may sign in, with which e-mail, is master data: the Amministratore changes it, so these pages do not exist.
own_access = RedirectView.as_view(pattern_name="mfa_index")

urlpatterns = [
    path("accesso/email/", own_access),
    path("accesso/confirm-email/", own_access),
    path("accesso/2fa/", OwnAccess.as_view(), name="mfa_index"),
    path("accesso/altri/", leave_others, name="leave_others"),
    # allauth's own of providers are not there: no account of one is bound to a person, who is found by their e-mail.
    path("accesso/oidc/<slug:provider_id>/login/", identity_provider.begin, name="openid_connect_login"),
    path("accesso/oidc/<slug:provider_id>/login/callback/", identity_provider.callback, name="openid_connect_callback"),
    path("accesso/", include("allauth.account.urls")),
    path("accesso/2fa/", include("allauth.mfa.urls")),
    path("<slug:slug>/stemma.png", logo, name="logo"),
]
