"""Connections that stay open, and many who ask over them: nobody sees what the one before them was shown."""

import pytest
from django.db import connection, connections
from django.test import Client

from operations.isolation import policies
from organisation.models import Sector
from tests.at_once import at_once, committed
from tests.operations.isolation.test_walls import ENGINE, ROLE, own_the_tables, with_wall

TURNS, THREADS = 12, 4

if connection.vendor == "postgresql":
    db = committed

    @pytest.fixture
    def kept_open(settings, monkeypatch, db):
        """The wall, for other threads, whose connections are those of the program and stay open."""
        options = {**connections.settings["default"].get("OPTIONS", {}), "assume_role": ROLE}
        for name, value in {"ENGINE": ENGINE, "CONN_MAX_AGE": None, "OPTIONS": options}.items():
            monkeypatch.setitem(connections.settings["default"], name, value)
        with_wall(settings)
        own_the_tables()
        policies.put_in_place()
        yield
        policies.take_away()
        with connection.cursor() as cursor:
            cursor.execute(f"REASSIGN OWNED BY {ROLE} TO CURRENT_USER")
            cursor.execute(f"DROP OWNED BY {ROLE}")
            cursor.execute(f"DROP ROLE {ROLE}")

    def test_a_connection_that_stays_open_forgets_who_asked(kept_open, caluso, esempio, ufficio, estraneo, signed_in):
        for entity in (caluso, esempio):
            Sector(entity=entity, name=entity.slug).save()
        cookies = {name: signed_in(person).cookies for name, person in (("caluso", ufficio), ("esempio", estraneo))}

        def ask(turn, own, foreign):
            inside = Client()
            inside.cookies.update(cookies[own])
            mine = inside.get("/dimenticanza/settori/").json()
            anybodys = Client().get(f"/dimenticanza/{foreign}/").json()
            Client().get("/dimenticanza/settori/")
            return mine, anybodys

        def many(first):
            def turns():
                asked_over = set()
                for turn in range(TURNS):
                    own, foreign = ("caluso", "esempio") if (turn + first) % 2 else ("esempio", "caluso")
                    mine, anybodys = ask(turn, own, foreign)
                    assert (mine["names"], mine["again"]) == ([own], [own])
                    assert (anybodys["names"], anybodys["again"]) == ([foreign], [foreign])
                    asked_over |= {mine["over"], anybodys["over"]}
                return len(asked_over)

            return turns

        assert at_once(*map(many, range(THREADS))) == [1] * THREADS
