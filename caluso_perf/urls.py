"""The addresses: Italian words, the entity first."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("gestione/", admin.site.urls),
    path("", include("organisation.urls")),
    path("", include("objectives.urls")),
]
