"""The public address where anybody can check a file: no sign-in, nothing told of what is not public."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
