"""The addresses of verifications, validations, the Relazione and deadlines: Italian words, after the entity."""

from django.urls import URLPattern, path

from evaluations.views import charts, packages, rounds

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/verifiche/", rounds.rounds, name="rounds"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/", rounds.round_page, name="round"),
    path("<slug:slug>/piano/<int:year>/grafici/", charts.plan_charts, name="plan_charts"),
    path("<slug:slug>/validazioni/<int:pk>/pdf/", packages.validation_pdf, name="validation_pdf"),
    path("<slug:slug>/validazioni/<int:pk>/zip/", packages.validation_zip, name="validation_zip"),
    path("<slug:slug>/validazioni/<int:pk>/trasmesso/pdf/", packages.validation_sent_pdf, name="validation_sent_pdf"),
    path("<slug:slug>/validazioni/<int:pk>/trasmesso/zip/", packages.validation_sent_zip, name="validation_sent_zip"),
    path("<slug:slug>/validazioni/<int:pk>/file/<int:file>/", packages.validation_file, name="validation_file"),
    path(
        "<slug:slug>/validazioni/<int:pk>/file/<int:file>/validato/",
        packages.validation_file_validated,
        name="validation_file_validated",
    ),
]
