"""The publication app: «Amministrazione trasparente › Performance», open data, the accessibility statement."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Configuration of the publication app. It has no models."""

    name = "publication"
    verbose_name = "Pagine pubbliche"
