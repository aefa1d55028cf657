"""An OpenID provider: discovery, consent page, codes with PKCE, signed ID tokens, keys and user info.

`python -m tests.identity.provider` prints its address and serves until it is stopped. It demands of its client what a
strict provider demands (S256 challenge, nonce, exact return address, client secret, codes used once), and misbehaves on
request: `PUT /test/people` says who there is, `PUT /test/fault` which answer goes wrong.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "claimregister", "a secret of the tests"
KEY = RSAKey.generate_key(2048, {"kid": "now", "use": "sig", "alg": "RS256"})
FORGED = RSAKey.generate_key(2048, {"kid": "now", "use": "sig", "alg": "RS256"})
SECOND = RSAKey.generate_key(2048, {"kid": "next", "use": "sig", "alg": "RS256"})


class State:
    """What the provider knows."""

    people: dict[str, dict[str, Any]] = {}
    fault = ""
    codes: dict[str, dict[str, Any]] = {}
    tokens: dict[str, str] = {}
    asked: list[dict[str, str]] = []


class Handler(BaseHTTPRequestHandler):
    """Answers."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *words: Any) -> None:
        """Say nothing."""

    @property
    def issuer(self) -> str:
        host, port = self.server.server_address[:2]
        return f"http://{host}:{port}"

    def answer(self, status: int, body: Any, kind: str = "application/json", **headers: str) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def body(self) -> str:
        return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()

    def do_PUT(self) -> None:
        """Take orders of a test."""
        told = json.loads(self.body())
        if self.path == "/test/people":
            State.people = told
        else:
            State.fault = told
        self.answer(200, {})

    def do_GET(self) -> None:
        """Discovery, keys, the consent page, user info."""
        parts = urlsplit(self.path)
        if parts.path == "/test/asked":
            return self.answer(200, State.asked)
        if State.fault == "down":
            return self.answer(503, "down", "text/plain")
        if State.fault == "nonsense":
            return self.answer(200, "<html>maintenance</html>", "text/html")
        if parts.path == "/.well-known/openid-configuration":
            return self.answer(200, self.configuration())
        if parts.path == "/keys":
            return self.answer(200, {"keys": [SECOND.as_dict(private=False), KEY.as_dict(private=False)]})
        if parts.path == "/authorize":
            return self.consent({name: values[0] for name, values in parse_qs(parts.query).items()})
        if parts.path == "/userinfo":
            return self.userinfo()
        return self.answer(404, {})

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": "https://another.example" if State.fault == "issuer" else self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }

    def consent(self, asked: dict[str, str]) -> None:
        """Ask who one is; refuse a request that a strict provider refuses."""
        State.asked.append(asked)
        held = (
            asked.get("client_id") == CLIENT
            and asked.get("response_type") == "code"
            and asked.get("code_challenge_method") == "S256"
            and asked.get("redirect_uri", "").endswith("/sign-in/provider/return/")
            and "openid" in asked.get("scope", "").split()
            and asked.get("nonce")
            and asked.get("state")
        )
        if not held:
            return self.answer(400, {"error": "invalid_request", "asked": asked})
        hidden = f'<input type="hidden" name="asked" value="{html.escape(json.dumps(asked))}">'
        buttons = "".join(
            f'<button name="who" value="{html.escape(who)}">{html.escape(claims["name"])}</button>'
            for who, claims in State.people.items()
        )
        page = f'<!DOCTYPE html><html lang="en"><title>Provider</title><form method="post" action="/consent">{hidden}{buttons}<button name="who" value="">Deny</button></form>'
        return self.answer(200, page, "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """The consent given, or a code exchanged."""
        form = {name: values[0] for name, values in parse_qs(self.body(), keep_blank_values=True).items()}
        if self.path == "/consent":
            return self.consented(json.loads(form["asked"]), form["who"])
        if self.path == "/token":
            return self.token(form)
        return self.answer(404, {})

    def consented(self, asked: dict[str, str], who: str) -> None:
        back: dict[str, str] = {"state": asked["state"]}
        if who:
            code = secrets.token_urlsafe()
            State.codes[code] = asked | {"who": who}
            back["code"] = code
        else:
            back["error"] = "access_denied"
        self.answer(302, "", Location=f"{asked['redirect_uri']}?{urlencode(back)}")

    def token(self, form: dict[str, str]) -> None:
        """Exchange a code, once."""
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = State.codes.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        if self.headers.get("Authorization") != f"Basic {basic}":
            return self.answer(401, {"error": "invalid_client"})
        if (
            asked is None
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge != asked["code_challenge"]
            or State.fault == "code"
        ):
            return self.answer(400, {"error": "invalid_grant"})
        access = secrets.token_urlsafe()
        State.tokens[access] = asked["who"]
        return self.answer(
            200, {"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": self.id_token(asked)}
        )

    def id_token(self, asked: dict[str, str]) -> str:
        now, fault = int(time.time()), State.fault
        claims = {
            "iss": "https://another.example" if fault == "token-issuer" else self.issuer,
            "aud": "another" if fault == "audience" else CLIENT,
            "sub": asked["who"],
            "iat": now,
            "exp": now - 3600 if fault == "expired" else now + 300,
            "nonce": "another" if fault == "nonce" else asked["nonce"],
            "acr": "urn:test:high",
        }
        if fault == "azp":
            claims["aud"], claims["azp"] = [CLIENT, "another"], "another"  # type: ignore[assignment]
        if fault == "unsigned":
            parts = [{"alg": "none"}, claims]
            return (
                ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
                + "."
            )
        if fault == "secret":  # signed with what the application knows, not with a published key
            from joserfc.jwk import OctKey

            return jwt.encode({"alg": "HS256", "kid": "now"}, claims, OctKey.import_key(SECRET * 2))
        return jwt.encode({"alg": "RS256", "kid": "now"}, claims, FORGED if fault == "signature" else KEY)

    def userinfo(self) -> None:
        who = State.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if who is None:
            return self.answer(401, {})
        told = {"sub": "another"} if State.fault == "userinfo" else {"sub": who}
        return self.answer(200, State.people[who] | told)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)
