"""The public address where anybody can check a file, and the page that takes back what was signed elsewhere."""

from django.urls import path

from documents.views import checking, signing

urlpatterns = [
    path("verifica/", checking.check, name="check"),
    path("verifica/<str:code>/", checking.check_code, name="check_code"),
    path("<slug:slug>/documenti/<int:pk>/firma/", signing.document_signed, name="document_signed"),
    path("<slug:slug>/documenti/<int:pk>/file/", signing.document_file, name="document_file"),
]
