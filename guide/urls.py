"""The guide's addresses."""

from django.urls import path

from guide import views

urlpatterns = [
    path("guida/", views.guide, name="guide"),
    path("guida/<slug:chapter>/", views.guide_chapter, name="guide_chapter"),
]
