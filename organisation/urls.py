"""The addresses of one's own sign-in, and of an entity's coat of arms: Italian words."""

from django.urls import include, path
from django.views.generic import RedirectView

from organisation.logos import logo
from organisation.own_access import OwnAccess, leave_others

# Who may sign in, with which e-mail, is master data: the Amministratore changes it, so these pages do not exist.
own_access = RedirectView.as_view(pattern_name="mfa_index")

urlpatterns = [
    path("accesso/email/", own_access),
    path("accesso/confirm-email/", own_access),
    path("accesso/2fa/", OwnAccess.as_view(), name="mfa_index"),
    path("accesso/altri/", leave_others, name="leave_others"),
    path("accesso/", include("allauth.urls")),
    path("<slug:slug>/stemma.png", logo, name="logo"),
]
