"""What every answer says to the browser, whoever gets it; and what an error does not tell."""

import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import path

from caluso_perf.urls import urlpatterns as addresses

pytestmark = pytest.mark.django_db
SECRET = "il-segreto-di-una-prova"


def fails(request):
    """An error of the program itself, with a secret at hand."""
    password = SECRET
    raise RuntimeError(f"rotto con {password}")


urlpatterns = [path("rotto/", login_not_required(fails)), *addresses]


@pytest.mark.parametrize("path", ["/accesso/login/", "/verifica/", "/accessibilita/", "/niente/", "/api/v1/enti"])
def test_every_answer_forbids_what_no_page_uses(path, client, caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    answer = client.get(path)
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    open_to_all = path.startswith("/api/")
    assert answer["Cross-Origin-Resource-Policy"] == ("cross-origin" if open_to_all else "same-origin")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_what_a_person_sees_stays_out_of_caches_that_others_use(signed_in, lettura):
    assert "private" in signed_in(lettura).get("/caluso/")["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, lettura):
    client.get("/accesso/login/")
    csrf = client.cookies["csrftoken"]
    lettura.set_password("lunga e tutta inventata")
    lettura.save()
    client.post("/accesso/login/", {"login": "lettura", "password": "lunga e tutta inventata"})
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert csrf["samesite"] == "Lax"


def test_over_https_they_are_tied_to_the_host():
    show = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "caluso_perf.settings", "DEMO": "0", "HTTPS": "true"}
    names = subprocess.run(
        [sys.executable, "-c", show],
        env={**told, "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "perf.comune.esempio.it"},
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )
    assert names.stdout.split() == ["__Host-sessionid", "__Host-csrftoken"]


@pytest.mark.urls(__name__)
def test_an_error_tells_nothing_of_itself(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    client = Client(raise_request_exception=False)
    answer = client.get("/rotto/")
    assert answer.status_code == 500
    assert SECRET not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
