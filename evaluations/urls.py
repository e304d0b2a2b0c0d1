"""The addresses of verifications, validations, the Relazione and deadlines: Italian words, after the entity."""

from django.urls import URLPattern, path

from evaluations.views import (
    charts,
    deadlines,
    deciding,
    entering,
    evidence,
    packages,
    report_deeds,
    reports,
    round_deeds,
    round_sheets,
    rounds,
    score_rules,
    scores,
    spreadsheets,
    timetable,
    validations,
)
from objectives.views.plan import current_plan

urlpatterns: list[URLPattern] = [
    # The pages of the most recent plan, for the menu, which knows no year.
    path("<slug:slug>/piano/grafici/", current_plan, {"page": "plan_charts"}, name="current_charts"),
    path("<slug:slug>/piano/cronoprogramma/", current_plan, {"page": "plan_timetable"}, name="current_timetable"),
    path("<slug:slug>/piano/confronto/", current_plan, {"page": "plan_compare"}, name="current_compare"),
    path("<slug:slug>/relazione/", current_plan, {"page": "report"}, name="current_report"),
    path("<slug:slug>/verifiche/", rounds.rounds, name="rounds"),
    path("<slug:slug>/verifiche/<int:year>/apri/", round_deeds.round_open, name="round_open"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/", rounds.round_page, name="round"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/settori/<int:pk>/", entering.round_sector, name="round_sector"),
    path(
        "<slug:slug>/verifiche/<int:year>/<slug:kind>/settori/<int:pk>/salva/", entering.round_save, name="round_save"
    ),
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
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/esiti/", scores.round_scores, name="round_scores"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/esiti/persone/", scores.round_people, name="round_people"),
    path("<slug:slug>/verifiche/<int:year>/<slug:kind>/schede/<int:pk>/", round_sheets.round_sheet, name="round_sheet"),
    path(
        "<slug:slug>/verifiche/<int:year>/<slug:kind>/schede/<int:pk>/pdf/",
        round_sheets.round_sheet_pdf,
        name="round_sheet_pdf",
    ),
    path("<slug:slug>/piano/<int:year>/punteggi/", score_rules.score_rules, name="score_rules"),
    path("<slug:slug>/piano/<int:year>/grafici/", charts.plan_charts, name="plan_charts"),
    path("<slug:slug>/piano/<int:year>/cronoprogramma/", timetable.plan_timetable, name="plan_timetable"),
    path("<slug:slug>/scadenze/", deadlines.deadlines, name="deadlines"),
    path("<slug:slug>/scadenze/avvisi/", deadlines.deadline_alerts, name="deadline_alerts"),
    path("<slug:slug>/scadenze/avvisi/indirizzo/", deadlines.deadline_address, name="deadline_address"),
    path("<slug:slug>/scadenze/avvisi/revoca/", deadlines.deadline_revoke, name="deadline_revoke"),
    path("scadenze/<str:secret>.ics", deadlines.deadline_feed, name="deadline_feed"),
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
    path("<slug:slug>/validazioni/<int:pk>/schede/<int:sheet>/", validations.validation_sheet, name="validation_sheet"),
    path("<slug:slug>/validazioni/<int:pk>/rilievo/", validations.validation_remark, name="validation_remark"),
    path("<slug:slug>/validazioni/<int:pk>/decidi/", deciding.validation_decide, name="validation_decide"),
    path(
        "<slug:slug>/verifiche/<int:year>/<slug:kind>/scarica/<slug:form>/", spreadsheets.round_file, name="round_file"
    ),
    path("<slug:slug>/registri/validazioni/<slug:form>/", spreadsheets.validations_file, name="validations_file"),
    path("<slug:slug>/relazione/<int:year>/", reports.report, name="report"),
    path("<slug:slug>/relazione/<int:year>/inizia/", reports.report_begin, name="report_begin"),
    path("<slug:slug>/relazione/<int:year>/pdf/", reports.report_file, name="report_pdf"),
    path("<slug:slug>/relazione/<int:year>/docx/", reports.report_word, name="report_docx"),
    path("<slug:slug>/relazione/<int:year>/testi/", report_deeds.report_text, name="report_text"),
    path("<slug:slug>/relazione/<int:year>/settori/<int:sector>/", report_deeds.report_sector, name="report_sector"),
    path("<slug:slug>/relazione/<int:year>/definitiva/", report_deeds.report_freeze, name="report_freeze"),
    path("<slug:slug>/relazione/<int:year>/bozza/", report_deeds.report_unfreeze, name="report_unfreeze"),
    path("<slug:slug>/relazione/<int:year>/approva/", report_deeds.report_approve, name="report_approve"),
    path("<slug:slug>/relazione/<int:year>/trasmetti/", report_deeds.report_send, name="report_send"),
]
