"""create_demo_users: one user per role in each entity, and one who works in two. Only in a demonstration."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisation.models import Entity, Membership, User
from organisation.recording import recording
from organisation.roles import MAY, Deed, Role

PASSWORD = "prova-caluso-perf"  # noqa: S105 - printed on purpose: it opens demonstrations only
IN_SOME_SECTORS = {Role.UFFICIO, Role.RESPONSABILE}
WHY = "Utenti dimostrativi"


class Command(BaseCommand):
    """Makes the users of a demonstration and prints their names, roles and password. The second time it only prints."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, print everybody."""
        if not settings.DEMO:
            raise CommandError("Gli utenti dimostrativi si creano solo con DEMO=1: la loro password è pubblica.")
        entities = list(Entity.objects.order_by("pk"))
        if not entities:
            raise CommandError("Non c'è ancora alcun ente: importare prima un atto o creare l'ente in Gestione.")
        self.hashed = make_password(PASSWORD)
        with transaction.atomic(), recording(by=None, why=WHY):
            rows = [self._membership(entity, role) for entity in entities for role in Role]
            rows += [self._visitor(entity) for entity in entities[:2]] if len(entities) > 1 else []
        self._print(rows)

    def _membership(self, entity: Entity, role: Role) -> Membership:
        user = self._user(f"{role.value.lower()}.{entity.slug}", role.label, entity.name, Deed.MANAGE in MAY[role])
        return self._give(user, entity, role)

    def _visitor(self, entity: Entity) -> Membership:
        """The same Segretario in two entities, as happens in small towns."""
        return self._give(self._user("segretario.due.enti", "Segretario", "di due enti"), entity, Role.SEGRETARIO)

    def _user(self, name: str, first: str, last: str, manages: bool = False) -> User:
        user = User.objects.filter(username=name).first()
        if user is None:
            user = User(username=name, first_name=first, last_name=last, password=self.hashed, is_staff=manages)
            user.email = f"{name}@demo.invalid"  # goes nowhere: a demonstration prints its e-mails
            user.save()
        return user

    def _give(self, user: User, entity: Entity, role: Role) -> Membership:
        membership = Membership.objects.filter(user=user, entity=entity, role=role).first()
        if membership is None:
            membership = Membership(user=user, entity=entity, role=role)
            membership.save()
            if role in IN_SOME_SECTORS:
                membership.sectors.set(entity.sectors.order_by("pk")[:1])
        return membership

    def _print(self, rows: list[Membership]) -> None:
        self.stdout.write(f"Utenti dimostrativi (password di tutti: {PASSWORD})")
        for row in rows:
            self.stdout.write(f"  {row.user.username:<28} {row.get_role_display():<24} {row.entity.name}")
