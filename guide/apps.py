"""The guide app: the chapters of docs/guida/ inside the program."""

from django.apps import AppConfig


class GuideConfig(AppConfig):
    """Configuration of the guide app. It has no models."""

    name = "guide"
    verbose_name = "Guida"
