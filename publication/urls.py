"""The public addresses: Italian words. No sign-in, no session."""

from django.urls import include, path

from publication import crawling, pdf_views, views

urlpatterns = [
    path("robots.txt", crawling.robots, name="robots"),
    path("sitemap.xml", crawling.sitemap, name="sitemap"),
    path("trasparenza/obiettivi.schema.json", views.schema, name="public_schema"),
    path("trasparenza/<slug:entity>/", views.index, name="public"),
    path("trasparenza/<slug:entity>/<int:year>/", views.plan, name="public_plan"),
    path("trasparenza/<slug:entity>/<int:year>/obiettivi.csv", views.plan_csv, name="public_csv"),
    path("trasparenza/<slug:entity>/<int:year>/obiettivi.json", views.plan_json, name="public_json"),
    path("trasparenza/<slug:entity>/<int:year>/relazione.pdf", views.report, name="public_report"),
    path("trasparenza/<slug:entity>/<int:year>/schede/<int:objective>/", views.sheet, name="public_sheet"),
    path("trasparenza/<slug:entity>/<int:year>/dopo/<slug:act>/", views.plan_after, name="public_plan_after"),
    path(
        "trasparenza/<slug:entity>/<int:year>/dopo/<slug:act>/schede/<int:objective>/",
        views.sheet,
        name="public_sheet_after",
    ),
    path("trasparenza/<slug:entity>/<int:year>/dopo/<slug:act>/piano.pdf", pdf_views.plan_pdf, name="public_plan_pdf"),
    path(
        "trasparenza/<slug:entity>/<int:year>/dopo/<slug:act>/schede/<int:objective>/scheda.pdf",
        pdf_views.sheet_pdf,
        name="public_sheet_pdf",
    ),
    path("", include("publication.api.urls")),
    path("accessibilita/", views.accessibility, name="accessibility"),
    path("accessibilita/<slug:entity>/", views.accessibility, name="accessibility_of"),
]
