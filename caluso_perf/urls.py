"""The addresses: Italian words, the entity first."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("gestione/", admin.site.urls),
    path("accesso/", include("allauth.urls")),
]
