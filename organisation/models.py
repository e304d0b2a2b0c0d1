"""Entities, their settori and responsabili, and the people who sign in."""

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from organisation.counting import Counting
from organisation.folding import LONGEST_KEY, sector_key
from organisation.recording import Records, Tracked, TrackedQuerySet, WithItsHistory
from organisation.roles import MAY, Deed, Role

RESERVED_SLUGS = frozenset(
    {
        "accesso",
        "gestione",
        "static",
        "media",
        "pubblico",
        "api",
        "guida",
        "accessibilita",
        "trasparenza",
        "salute",
        "stato",
        "verifica",
        "scadenze",
    }
)


def not_reserved(slug: str) -> None:
    """Refuse a slug that is the address of something else."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(f"«{slug}» è riservato al programma: scegliere un altro nome breve.")


class Entity(Tracked):
    """A municipality, or another body that keeps a Piano della Performance. Nothing of one is visible in another."""

    name = models.CharField("nome", max_length=200, help_text="Come stampato negli atti: «Comune di Caluso».")
    slug = models.SlugField(
        "nome breve", unique=True, validators=[not_reserved], help_text="Prima parte di ogni indirizzo."
    )
    supra = models.CharField(
        "ente sovraordinato", max_length=200, blank=True, help_text="«Città Metropolitana di Torino»."
    )
    colour = models.CharField(
        "colore",
        max_length=7,
        default="#0066cc",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Il colore si scrive come #0066cc.")],
    )
    logo = models.FileField("stemma", upload_to="stemmi", max_length=200, blank=True, help_text="Un file PNG.")
    published = models.BooleanField(
        "pagine pubbliche",
        default=False,
        help_text="Le pagine di «Amministrazione trasparente» si leggono senza accesso.",
    )
    accessibility_contact = models.EmailField(
        "recapito per l'accessibilità", blank=True, help_text="Dove si segnala ciò che non è accessibile."
    )
    is_demo = models.BooleanField("dati dimostrativi", default=False)
    counting = models.CharField(
        "conteggio dell'esecutività",
        max_length=21,
        choices=[(way.value, way.label) for way in Counting],
        default=Counting.FIRST_DAY_EXCLUDED.value,
    )
    late_after_days = models.PositiveSmallIntegerField("pubblicazione in ritardo dopo giorni", default=30)
    second_factor_roles = models.JSONField(
        "secondo fattore obbligatorio per", default=list, db_default=models.Value([], models.JSONField()), blank=True
    )

    history = Records()

    class Meta:
        verbose_name = "ente"
        verbose_name_plural = "enti"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Sector(Tracked):
    """A settore: an organisational unit with objectives of its own, its name exactly as printed in the acts."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="sectors", verbose_name="ente")
    name = models.CharField("nome", max_length=200)
    match_key = models.CharField("chiave di confronto", max_length=LONGEST_KEY, editable=False)
    active = models.BooleanField("attivo", default=True)

    history = Records()

    class Meta:
        verbose_name = "settore"
        verbose_name_plural = "settori"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "match_key"],
                name="a_sector_has_one_name_in_an_entity",
                violation_error_message="C'è già un settore con questo nome in questo ente.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse another entity for a settore on record."""
        if self.pk and not Sector.objects.filter(pk=self.pk, entity=self.entity_id).exists():
            raise ValidationError("Un settore non passa a un altro ente: crearne uno nuovo.")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key by which the settore is recognised in step with its name."""
        self.match_key = sector_key(self.name)
        super().save(*args, **kwargs)

    @property
    def short_name(self) -> str:
        """The name without the word SETTORE that only some acts put before it."""
        return self.name[8:] if self.name.upper().startswith("SETTORE ") else self.name


class Manager(Tracked):
    """A responsabile di servizio: who answers for a settore, and from when to when."""

    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="managers", verbose_name="settore")
    title = models.CharField("titolo", max_length=30, blank=True, help_text="Come stampato: «DR.», «ARCH.».")
    name = models.CharField("nome e cognome", max_length=150)
    user = models.ForeignKey(
        "organisation.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="utente"
    )
    valid_from = models.DateField("dal")
    valid_to = models.DateField("al", null=True, blank=True)

    history = Records()

    class Meta:
        verbose_name = "responsabile di servizio"
        verbose_name_plural = "responsabili di servizio"
        ordering = ["sector", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="a_manager_ends_after_the_beginning",
                violation_error_message="La fine dell'incarico viene prima del suo inizio.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.name}".strip()


class UserQuerySet(TrackedQuerySet):
    """Users are switched off, never deleted: their name stands in the history."""

    def delete(self) -> NoReturn:
        """Refuse."""
        raise models.ProtectedError("Un utente si disattiva, non si cancella: il suo nome è nella storia.", set(self))


class People(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users, with Django's own create_user."""

    use_in_migrations = False


class User(WithItsHistory, AbstractUser):
    """A person who signs in."""

    history = Records(excluded_fields=["password", "last_login"])
    objects: ClassVar[Any] = People()

    class Meta:
        verbose_name = "utente"
        verbose_name_plural = "utenti"
        ordering = ["last_name", "first_name", "username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a user is switched off (is_active), never deleted."""
        raise models.ProtectedError("Un utente si disattiva, non si cancella: il suo nome è nella storia.", {self})


class Membership(Tracked):
    """A role that a person has in an entity, for all its settori or for some."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name="utente")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="memberships", verbose_name="ente")
    role = models.CharField("ruolo", max_length=20, choices=Role)
    sectors = models.ManyToManyField(Sector, blank=True, related_name="+", verbose_name="settori")

    history = Records(m2m_fields=["sectors"])

    class Meta:
        verbose_name = "appartenenza"
        verbose_name_plural = "appartenenze"
        ordering = ["entity", "role", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "entity", "role"],
                name="a_person_has_a_role_once_in_an_entity",
                violation_error_message="Questa persona ha già questo ruolo in questo ente.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.entity}"

    def may(self, deed: Deed) -> bool:
        """Tell whether this role may do `deed`."""
        return deed in MAY[self.role]


class Notice(Tracked):
    """An e-mail that something waits for a person. Written with the deed that causes it, sent afterwards, once.

    `claimed_at` is set before the message is handed to the mail server and `sent_at` after it: one that was claimed and
    not sent was interrupted in between, and is not sent again.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="notices", verbose_name="ente")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices", verbose_name="a")
    subject = models.CharField("oggetto", max_length=200)
    body = models.TextField("testo")
    path = models.CharField("pagina", max_length=300, blank=True)
    created_at = models.DateTimeField("scritta il", auto_now_add=True)
    claimed_at = models.DateTimeField("presa in carico il", null=True, blank=True)
    sent_at = models.DateTimeField("spedita il", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("tentativi", default=0)
    problem = models.TextField("problema", blank=True)

    history = Records()

    class Meta:
        verbose_name = "avviso per e-mail"
        verbose_name_plural = "avvisi per e-mail"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class SignInOutcome(models.TextChoices):
    """What became of an attempt to sign in as a person."""

    ENTERED = "ENTRATO", "Entrato"
    PASSWORD = "PASSWORD", "Password sbagliata"
    STOPPED = "FERMO", "Fermato: troppe password sbagliate"
    SECOND_FACTOR = "FATTORE", "Secondo fattore sbagliato"


class SignIn(models.Model):
    """An attempt to sign in, shown to the person. A log that ages out (organisation.sign_in_log), so without history.

    `address` is the network the attempt came from, not the machine; `session_key` leads to the session that began;
    `way` says in words how the person entered.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_ins", verbose_name="utente")
    at = models.DateTimeField("quando", auto_now_add=True, db_index=True)
    outcome = models.CharField("esito", max_length=8, choices=SignInOutcome)
    browser = models.CharField("programma", max_length=60)
    address = models.CharField("rete", max_length=43)
    session_key = models.CharField("sessione", max_length=40, blank=True, db_index=True)
    way = models.CharField("modo", max_length=60, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "accesso"
        verbose_name_plural = "accessi"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_outcome_display()}"
