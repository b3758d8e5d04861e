"""The page to browse the contract, and a page of another origin that reads the API, in a browser."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests import make
from tests.api.contract import operations

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_contract_can_be_browsed_with_no_request_to_another_host(live_server, page):
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{live_server.url}/api/v1/docs/")
    page.locator(".opblock").first.wait_for(timeout=30_000)
    assert page.locator(".opblock").count() == len(operations())
    assert page.locator(".opblock-tag").count() >= 4
    assert page.get_by_role("heading", name="Warning").count() == 0
    page.locator(".opblock", has_text="/api/v1/articles/{reference}/provenance/").first.click()
    page.get_by_text("What the publisher signed of the edition in force").first.wait_for()
    page.locator(".responses-table").first.wait_for()
    strangers = [url for url in asked if not url.startswith((live_server.url, "data:", "blob:"))]
    assert strangers == []
    assert faults == []


def test_a_request_can_be_tried_out_as_it_first_stands_there(live_server, page):
    make.released(make.newsroom(), slug="cough")
    page.goto(f"{live_server.url}/api/v1/docs/")
    page.locator(".opblock", has_text="Articles in force").first.click()
    page.get_by_text("Example: Ada Author").first.wait_for(timeout=30_000)
    page.get_by_role("button", name="Try it out").first.click()
    with page.expect_response(lambda reply: "/api/v1/articles/" in reply.url) as got:
        page.get_by_role("button", name="Execute").first.click()
    assert got.value.status == 200
    assert [article["slug"] for article in got.value.json()["articles"]] == ["cough"]


class Elsewhere(BaseHTTPRequestHandler):
    """A site of another origin, with one empty page."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>A portal</title>")

    def log_message(self, *args):
        pass


@pytest.fixture
def portal():
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


READ = """async ([address, headers]) => {
    const reply = await fetch(address, {headers})
    return [reply.status, reply.headers.get("ETag"), await reply.text()]
}"""


def test_a_page_of_another_origin_reads_with_a_key_conditions_and_failures(live_server, portal, page):
    room = make.newsroom()
    make.released(room, slug="cough")
    key = make.key(room, make.licensee(room, "Harbour"))
    page.goto(portal)

    def read(path, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return page.evaluate(READ, [f"{live_server.url}/api/v1/{path}", named])

    status, tag, text = read("articles/cough/")
    assert (status, tag[0]) == (200, '"')
    assert '"site"' not in text
    assert "Harbour" in read("articles/cough/", X_Api_Key=key)[2]
    assert "Harbour" in read("articles/cough/", Authorization=f"Api-Key {key}")[2]
    assert read("articles/cough/", If_None_Match=tag)[0] == 304
    assert "There is no parameter" in read("articles/?lang=en")[2]
    assert read("articles/none/")[0] == 404
