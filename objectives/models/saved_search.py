"""Searches that a person wants to make again."""

from django.conf import settings
from django.db import models

from organisation.models import Entity
from organisation.recording import Records, Tracked


class SavedSearch(Tracked):
    """A search of a person in an entity, under a name of theirs; `query` is what stands after the ? of its address."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_searches", verbose_name="utente"
    )
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", verbose_name="ente")
    name = models.CharField("nome", max_length=80)
    query = models.CharField("ricerca", max_length=1000)

    history = Records()

    class Meta:
        verbose_name = "ricerca salvata"
        verbose_name_plural = "ricerche salvate"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "entity", "name"],
                name="a_saved_search_has_a_name_of_its_own",
                violation_error_message="C'è già una ricerca salvata con questo nome.",
            )
        ]

    def __str__(self) -> str:
        return self.name
