"""The addresses: Italian words, the entity first."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# The management pages have no door of their own: sign-in, lockout and second factor are those of everybody.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("gestione/", admin.site.urls),
    path("", include("operations.urls")),
    path("", include("organisation.urls")),
    path("", include("documents.urls")),
    path("", include("publication.urls")),
    path("", include("guide.urls")),
    path("", include("evaluations.urls")),
    path("", include("objectives.urls")),
]
handler500 = "operations.failures.server_error"
