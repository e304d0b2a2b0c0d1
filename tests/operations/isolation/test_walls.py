"""Row-level security: what PostgreSQL itself keeps apart, also where the program forgets to ask for it.

The program is here, as it is to be where it runs, the owner of its tables and nobody's superuser.
"""

import os

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction
from django.http import HttpResponse, JsonResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from caluso_perf.urls import urlpatterns as of_the_program
from objectives.models import Objective, Plan, Sheet
from operations.isolation.ownership import owned
from organisation.models import Membership, Sector
from organisation.roles import Role
from organisation.sight import EVERYTHING, NOTHING, Sight, seeing
from tests.this_year import YEAR

ROLE = f"caluso_programma_{os.getpid()}"
MIDDLEWARE = "operations.isolation.middleware.SightMiddleware"
ENGINE = "operations.isolation.postgresql"
PAGES = ("entity", "plan", "drafts", "acts", "search", "rounds", "proposals", "sectors", "deadlines", "validations")
HELD = "row-level security"


def every_sheet(request):
    """A view that forgets to ask for the entity."""
    return HttpResponse(",".join(map(str, Sheet.objects.order_by("pk").values_list("pk", flat=True))))


def every_sector(request, slug=None):
    """Another one, which also says over which connection it asked; and one that fails in the middle."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        asked_over = cursor.fetchone()[0]
    names = list(Sector.objects.order_by("name").values_list("name", flat=True))
    try:
        with transaction.atomic():
            list(Sector.objects.all())
            raise ValueError
    except ValueError:
        again = list(Sector.objects.order_by("name").values_list("name", flat=True))
    return JsonResponse({"over": asked_over, "names": names, "again": again})


def public_sectors(request, slug):
    """The same, of the entity of the address, to anybody."""
    return every_sector(request)


public_sectors.login_required = False
urlpatterns = [
    path("dimenticanza/", every_sheet),
    path("dimenticanza/settori/", every_sector),
    path("dimenticanza/<slug:slug>/", public_sectors),
    *of_the_program,
]


def own_the_tables():
    """Have a role that is nobody's superuser own every table."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(f"GRANT ALL ON SCHEMA public TO {ROLE}")
        for table in connection.introspection.table_names():
            cursor.execute(f'ALTER TABLE "{table}" OWNER TO {ROLE}')


def with_wall(settings):
    """Have the program say for whom it asks."""
    settings.ROW_SECURITY, settings.ROOT_URLCONF = True, __name__
    settings.MIDDLEWARE = [MIDDLEWARE, *settings.MIDDLEWARE]


if connection.vendor == "postgresql":
    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def put_up(settings, monkeypatch):
        """Puts the wall up, once the test has what it needs; it is undone with the test's transaction."""
        from operations.isolation.postgresql.base import DatabaseWrapper

        def put_up():
            with_wall(settings)
            own_the_tables()
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL ROLE {ROLE}")
            call_command("row_security", "on")
            monkeypatch.setattr(connections["default"], "__class__", DatabaseWrapper)

        return put_up

    def sheets_of(facts):
        """The keys of the sheets of an entity, as `every_sheet` tells them."""
        found = Sheet.objects.filter(objective__plan__entity__slug=facts["slug"])
        return ",".join(map(str, found.order_by("pk").values_list("pk", flat=True)))

    def counted(client, page):
        """The status of a page and how many queries it took."""
        with CaptureQueriesContext(connection) as queries:
            status = client.get(page).status_code
        return page, status, len(queries)

    def test_a_view_that_forgets_to_ask_sees_its_own_entity(put_up, here, there, signed_in, tuttofare, make_person):
        inside, admin = signed_in(tuttofare), make_person("tutto")
        admin.is_superuser = admin.is_staff = True
        admin.save()
        pages = [reverse(name, args=["caluso", YEAR] if name == "plan" else ["caluso"]) for name in PAGES]
        warm = [counted(inside, page) for page in pages]
        assert {status for _, status, _ in warm} == {200}
        before, mine, theirs = [counted(inside, page) for page in pages], sheets_of(here), sheets_of(there)
        put_up()
        inside, everywhere = signed_in(tuttofare), signed_in(admin)
        after = [counted(inside, page) for page in pages]
        assert after == before
        assert inside.get("/dimenticanza/").content.decode() == mine
        assert everywhere.get("/dimenticanza/").content == b""
        managed = everywhere.get(reverse("admin:organisation_entity_changelist"))
        assert managed.context["cl"].result_count == 2
        with seeing(NOTHING):
            seen = {model._meta.label for model in owned() if model._base_manager.exists()}
            assert seen == {"organisation.Entity", "organisation.Membership"}
        with seeing(EVERYTHING):
            assert Sheet.objects.count() == len(mine.split(",")) + len(theirs.split(","))
            call_command("check_isolation")
            call_command("history_anchor")
            call_command("verify_history")

    def test_what_is_another_entitys_cannot_be_written(put_up, caluso, esempio, ufficio):
        plan, foreign = Plan(entity=caluso, year=2026), Plan(entity=esempio, year=2026)
        plan.save()
        foreign.save()
        put_up()
        with seeing(Sight(person=ufficio.pk)):
            for new in (
                Sector(entity=esempio, name="Nuovo"),
                Membership(user=ufficio, entity=esempio, role=Role.LETTURA),
                Objective(plan=foreign),
            ):
                with pytest.raises(ProgrammingError, match=HELD), transaction.atomic():
                    new.save()
            Objective(plan=plan).save()
            plan.entity = esempio
            with pytest.raises(ProgrammingError, match=HELD), transaction.atomic():
                plan.save()
            with connection.cursor() as cursor:
                for change in ("UPDATE objectives_plan SET year = 2027", "DELETE FROM objectives_plan"):
                    cursor.execute(f"{change} WHERE id = %s", [foreign.pk])
                    assert cursor.rowcount == 0

    def test_what_a_transaction_told_is_told_anew_when_it_is_undone(put_up, caluso, esempio, ufficio):
        for entity in (caluso, esempio):
            Sector(entity=entity, name=entity.slug).save()
        put_up()

        def names():
            return list(Sector.objects.values_list("name", flat=True))

        def undone():
            with transaction.atomic(), seeing(Sight(slug="esempio")):
                assert names() == ["esempio"]
                transaction.set_rollback(True)

        with seeing(Sight(person=ufficio.pk)):
            assert names() == ["caluso"]
            undone()
            with seeing(Sight(slug="esempio")):
                assert names() == ["esempio"]
            assert names() == ["caluso"]
        assert names() == []

    def test_the_policies_are_put_up_once_and_taken_away_whole(put_up, settings, capsys):
        settings.ROW_SECURITY = False
        with pytest.raises(CommandError, match="Prima ROW_SECURITY=true"):
            call_command("row_security", "on")
        with pytest.raises(CommandError, match="Senza la politica di questa versione"):
            call_command("row_security", "show")
        put_up()
        capsys.readouterr()
        call_command("row_security", "on")
        assert capsys.readouterr().out.startswith("Politiche messe o rinnovate su 0 tabelle.\n")
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        with pytest.raises(CommandError, match="il muro non tiene"):
            call_command("row_security", "show")
        call_command("row_security", "off")
        assert capsys.readouterr().out.endswith(f"Politiche tolte da {len(owned())} tabelle.\n")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_class WHERE relrowsecurity OR relforcerowsecurity")
            assert cursor.fetchone() == (0,)
