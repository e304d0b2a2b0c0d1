"""The addresses of plans, sheets and acts: Italian words, after the entity."""

from django.urls import path

from objectives.views import acts, downloads, drafts, entity, importing, plan, search, sheet

urlpatterns = [
    path("<slug:slug>/", entity.entity, name="entity"),
    path("<slug:slug>/importa/", importing.choose, name="import"),
    path("<slug:slug>/importa/<slug:key>/", importing.preview, name="import_preview"),
    path("<slug:slug>/piano/", plan.current_plan, name="current_plan"),
    path("<slug:slug>/piano/<int:year>/", plan.plan_today, name="plan"),
    path("<slug:slug>/piano/<int:year>/al/<str:day>/", plan.plan_on, name="plan_on"),
    path("<slug:slug>/piano/<int:year>/dopo/<slug:act>/", plan.plan_after, name="plan_after"),
    path("<slug:slug>/schede/<int:pk>/", sheet.sheet, name="sheet"),
    path("<slug:slug>/schede/<int:pk>/storia/", sheet.sheet_history, name="sheet_history"),
    path("<slug:slug>/schede/<int:pk>/pdf/", downloads.sheet_pdf, name="sheet_pdf"),
    path("<slug:slug>/atti/<slug:act>/pdf/", downloads.act_pdf, name="act_pdf"),
    path("<slug:slug>/piano/<int:year>/pdf/", downloads.plan_pdf, name="plan_pdf"),
    path("<slug:slug>/piano/<int:year>/al/<str:day>/pdf/", downloads.plan_on_pdf, name="plan_on_pdf"),
    path("<slug:slug>/piano/<int:year>/dopo/<slug:act>/pdf/", downloads.plan_after_pdf, name="plan_after_pdf"),
    path("<slug:slug>/atti/", acts.acts, name="acts"),
    path("<slug:slug>/atti/<slug:act>/", acts.act, name="act"),
    path("<slug:slug>/cerca/", search.search, name="search"),
    path("<slug:slug>/bozze/", drafts.drafts, name="drafts"),
    path("<slug:slug>/bozze/<int:pk>/", drafts.draft, name="draft"),
]
