"""A person before a browser: signed in with a password, sends what the pages' forms would send, over real sockets."""

import http.client
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

LOST = 0
"""The status of an answer that never came."""
PATIENCE = 60


class Person:
    """One browser with its cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def sign_in(self, username: str, password: str) -> "Person":
        """Sign in; raises AssertionError where that is refused."""
        self.get("/accesso/login/")
        status, _, _ = self.post("/accesso/login/", {"login": username, "password": password})
        if status != 302:
            raise AssertionError(f"{username} could not sign in: {status}")
        return self

    def get(self, path: str) -> tuple[int, str, str]:
        """Ask for a page: status, where it leads, text."""
        return self._ask("GET", path, b"", {})

    def post(self, path: str, data: dict[str, Any], *, files: bool = False) -> tuple[int, str, str]:
        """Send a form, with files where there are any: status, where it leads, text."""
        data = {**data, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        if files:
            return self._ask("POST", path, encode_multipart(BOUNDARY, data), {"Content-Type": MULTIPART_CONTENT})
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(data, doseq=True).encode(), form)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        worn = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        try:
            connection.request(method, path, body, {**headers, **worn})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return LOST, "", ""
        finally:
            connection.close()
        for one in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(one).items()})
        return answer.status, answer.headers.get("Location", ""), text
