"""The addresses of plans, sheets and acts: Italian words, after the entity."""

from django.urls import path

from objectives.views import (
    acts,
    downloads,
    drafts,
    entity,
    importing,
    moving,
    plan,
    proposal_papers,
    proposals,
    registering,
    search,
    sheet,
)

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
    path("<slug:slug>/bozze/<int:pk>/invia/", moving.submit, name="draft_submit"),
    path("<slug:slug>/bozze/<int:pk>/riprendi/", moving.take_back, name="draft_take_back"),
    path("<slug:slug>/bozze/<int:pk>/rinvia/", moving.send_back, name="draft_send_back"),
    path("<slug:slug>/bozze/<int:pk>/approva/", moving.approve, name="draft_approve"),
    path("<slug:slug>/bozze/<int:pk>/ritira/", moving.withdraw, name="draft_withdraw"),
    path("<slug:slug>/proposte/", proposals.proposals, name="proposals"),
    path("<slug:slug>/proposte/nuova/<int:year>/", proposals.proposal_new, name="proposal_new"),
    path("<slug:slug>/proposte/<int:pk>/", proposals.proposal, name="proposal"),
    path("<slug:slug>/proposte/<int:pk>/aggiungi/", proposals.proposal_gather, name="proposal_gather"),
    path("<slug:slug>/proposte/<int:pk>/togli/<int:sheet>/", proposals.proposal_take_out, name="proposal_take_out"),
    path("<slug:slug>/proposte/<int:pk>/avvisi/", proposals.proposal_acknowledge, name="proposal_acknowledge"),
    path("<slug:slug>/proposte/<int:pk>/sciogli/", proposals.proposal_dissolve, name="proposal_dissolve"),
    path("<slug:slug>/proposte/<int:pk>/testo/", proposal_papers.proposal_text, name="proposal_text"),
    path("<slug:slug>/proposte/<int:pk>/atti-citati/", proposal_papers.proposal_citations, name="proposal_citations"),
    path(
        "<slug:slug>/proposte/<int:pk>/parere/<slug:kind>/", proposal_papers.proposal_opinion, name="proposal_opinion"
    ),
    path("<slug:slug>/proposte/<int:pk>/registra/", registering.proposal_register, name="proposal_register"),
    path("<slug:slug>/atti/<slug:act>/date/", registering.act_dates, name="act_dates"),
]
