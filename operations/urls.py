"""The addresses for who watches the program."""

from django.urls import path

from operations.views import alive, metrics, ready

urlpatterns = [
    path("salute/", alive, name="alive"),
    path("salute/pronto/", ready, name="ready"),
    path("salute/metriche/", metrics, name="metrics"),
]
