"""Pages leave compressed; what is packed already or streamed does not; lengths and tokens tell nothing (BREACH)."""

import gzip
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import path, reverse

from werkpfad.config.urls import *  # noqa: F403 -- with its error pages
from werkpfad.config.urls import urlpatterns as product

pytestmark = pytest.mark.django_db
TEXT = "Praktikum " * 200


@login_not_required
def pdf(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse(TEXT.encode(), content_type="application/pdf")


@login_not_required
def stream(request: HttpRequest) -> HttpResponseBase:
    return StreamingHttpResponse([TEXT.encode()], content_type="text/html; charset=utf-8")


urlpatterns = [*product, path("probe.pdf", pdf), path("probe.html", stream)]


def ask(address: str, encoding: str = "br, gzip") -> HttpResponseBase:
    return Client().get(address, headers={"Accept-Encoding": encoding})


def without_token(page: bytes) -> bytes:
    return re.sub(rb'nonce="[^"]*"|value="\w{64}"|"X-CSRFToken": "\w{64}"', b"", page)


def test_a_page_is_the_same_when_unpacked_and_a_quarter_of_its_size() -> None:
    packed, plain = ask("/"), ask("/", "identity")
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content)
    assert len(packed.content) * 4 < len(plain.content)
    assert without_token(gzip.decompress(packed.content)) == without_token(plain.content)
    assert not plain.has_header("Content-Encoding")
    assert "Accept-Encoding" in plain["Vary"]


def test_error_pages_are_packed_too() -> None:
    missing = ask("/angebote/zzzzzzzzzzzzzz/")
    assert (missing.status_code, missing["Content-Encoding"]) == (404, "gzip")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/probe.pdf", "/probe.html"])
def test_documents_and_streams_are_left_alone(address: str) -> None:
    answer = ask(address)
    assert not answer.has_header("Content-Encoding")
    assert b"".join(answer) == TEXT.encode()


def test_the_length_and_the_token_change_from_answer_to_answer() -> None:
    """The same page for the same visitor: an attacker who counts bytes sees noise, and the secret is never twice the same."""
    visitor = Client()
    address = reverse("accounts:sign_in")
    pages = [visitor.get(address, headers={"Accept-Encoding": "gzip"}) for _ in range(12)]
    assert len({len(page.content) for page in pages}) > 3
    tokens = [
        re.findall(rb'name="csrfmiddlewaretoken" value="(\w{64})"', gzip.decompress(page.content))
        for page in pages
    ]
    assert all(tokens)
    assert len({found[0] for found in tokens}) == len(pages)
