"""The addresses of verifications, validations, the Relazione and deadlines: Italian words, after the entity."""

from django.urls import URLPattern, path

from evaluations.views import (
    charts,
    deciding,
    entering,
    evidence,
    packages,
    round_deeds,
    rounds,
    spreadsheets,
    validations,
)

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/verifiche/", rounds.rounds, name="rounds"),
    path("<slug:slug>/verifiche/<int:year>/apri/", round_deeds.round_open, name="round_open"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/", rounds.round_page, name="round"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/settori/<int:pk>/", entering.round_sector, name="round_sector"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/settori/<int:pk>/salva/", entering.round_save, name="round_save"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/prove/<int:pk>/", evidence.evidence, name="evidence"),
    path(
        "<slug:slug>/verifiche/<int:year>/<slug:kind>/prove/<int:pk>/metti-da-parte/",
        evidence.evidence_aside,
        name="evidence_aside",
    ),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/sposta/", round_deeds.round_move, name="round_move"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/chiudi/", round_deeds.round_close, name="round_close"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/riapri/", round_deeds.round_reopen, name="round_reopen"),
    path(
        "<slug:slug>/verifiche/<int:year>/<slug:kind>/settori/<int:pk>/conferma/",
        round_deeds.round_confirm,
        name="round_confirm",
    ),
    path(
        "<slug:slug>/verifiche/<int:year>/<slug:kind>/settori/<int:pk>/riprendi/",
        round_deeds.round_take_back,
        name="round_take_back",
    ),
    path(
        "<slug:slug>/verifiche/<int:year>/<slug:kind>/schede/<int:pk>/media/",
        round_deeds.round_average,
        name="round_average",
    ),
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
    path("<slug:slug>/validazioni/", validations.validations, name="validations"),
    path("<slug:slug>/validazioni/nuova/<slug:act>/", validations.validation_request, name="validation_request"),
    path("<slug:slug>/validazioni/<int:pk>/", validations.validation, name="validation"),
    path(
        "<slug:slug>/validazioni/<int:pk>/schede/<int:sheet>/", validations.validation_sheet, name="validation_sheet"
    ),
    path("<slug:slug>/validazioni/<int:pk>/rilievo/", validations.validation_remark, name="validation_remark"),
    path("<slug:slug>/validazioni/<int:pk>/decidi/", deciding.validation_decide, name="validation_decide"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/xlsx/", spreadsheets.round_xlsx, name="round_xlsx"),
]
