"""A provider of OpenID Connect in small: it shows a page, gives a code once, and a signed token for it."""

import hashlib
import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
CLIENT, SECRET = "caluso-perf", "il-segreto-del-comune"


class Answers(BaseHTTPRequestHandler):
    """What it answers; `server.changes` replaces whole answers by their path, `server.claims` parts of the token."""

    def do_GET(self):
        path, asked = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        base = self.server.base
        if path == "/entra":
            assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
            assert "openid" in asked["scope"].split()
            code = secrets.token_hex(8)
            self.server.codes[code] = asked
            back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            head = "<!doctype html><html lang=it><link rel=icon href=data:,><title>Ente</title><h1>Ente</h1>"
            page = f"{head}<a href='{escape(back)}'>Sono io</a>"
            return self.send(200, page.encode(), "text/html; charset=utf-8")
        public = {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "1"}
        known = {
            "/.well-known/openid-configuration": {
                "issuer": base, "authorization_endpoint": f"{base}/entra", "token_endpoint": f"{base}/token",
                "jwks_uri": f"{base}/chiavi",
            },
            "/chiavi": {"keys": [public]},
        }  # fmt: skip
        return self.answer(path, known[path])

    def do_POST(self):
        sent = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        asked = self.server.codes.pop(sent["code"], None)
        if asked is None:
            return self.send(400, b'{"error": "invalid_grant"}')
        proof = urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
        assert (asked["code_challenge_method"], asked["code_challenge"]) == ("S256", proof)
        assert asked["redirect_uri"] == sent["redirect_uri"]
        now = int(time.time())
        claims = {"iss": self.server.base, "aud": CLIENT, "sub": "77", "iat": now, "exp": now + 60}
        claims = {**claims, "nonce": asked["nonce"], **self.server.claims}
        token = jwt.encode(
            {name: value for name, value in claims.items() if value is not None},
            self.server.key,
            self.server.algorithm,
            headers={"kid": "1"},
        )
        return self.answer("/token", {"access_token": "x", "token_type": "Bearer", "id_token": token})

    def answer(self, path, content):
        """Send JSON, or what a test wants instead."""
        status, body = self.server.changes.get(path, (200, json.dumps(content).encode()))
        self.send(status, body)

    def send(self, status, body, kind="application/json"):
        """Send it."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def serving():
    """Run it on the loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.base = f"http://127.0.0.1:{server.server_port}"
        server.key, server.algorithm = KEY, "RS256"
        server.claims = {"email": "rossi@comune.caluso.it", "email_verified": True}
        server.codes, server.changes = {}, {}
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def known_as(server):
    """What OIDC_PROVIDERS says of it."""
    return {"name": "Comune di Caluso", "server_url": server.base, "client_id": CLIENT, "secret": SECRET}
