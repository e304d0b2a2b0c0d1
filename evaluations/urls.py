"""The addresses of verifications, validations, the Relazione and deadlines: Italian words, after the entity."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
