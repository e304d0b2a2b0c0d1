"""The addresses of verifications, validations, the Relazione and deadlines: Italian words, after the entity."""

from django.urls import URLPattern, path

from evaluations.views import rounds

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/verifiche/", rounds.rounds, name="rounds"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/", rounds.round_page, name="round"),
]
