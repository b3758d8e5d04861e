"""The README's pictures, taken anew from the demo: `python -m tests.browser.pictures`.

Tells the demo into a directory of its own, signs in as its people, and writes small WebP pictures to
`.pictures/`. Chromium encodes them, so that nothing else has to be installed.
"""

import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / ".pictures"
WIDTH, HEIGHT = 900, 600
LARGEST = 60_000
"""Bytes that a picture may have: a README is read on telephones too."""

SHRINK = """async ([data, width]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = Math.round(image.height * width / image.width);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/webp", 0.85).split(",")[1];
}"""


@dataclass(frozen=True)
class Picture:
    """What to show: whose desk, and the way there from their first page, by the links' names."""

    name: str
    who: str
    path: str = "/admin/"
    steps: tuple = ()
    scroll_to: str = ""
    phone: bool = False
    scheme: str = "light"


SHOWN = (
    Picture("my-work", "editor"),
    Picture("writing", "writer", steps=("Norovirus and oral rehydration",), scroll_to=".field-summary"),
    Picture("assigning", "editor", steps=("Assign reviewers: Heart failure",), scroll_to="form"),
    Picture(
        "redline", "publisher", "/admin/desk/articles/10/timeline/", ("Show the redline",), ".redline"
    ),
    Picture("calendar", "publisher", "/admin/desk/calendar/"),
    Picture("review-desk", "helene.dubrov-achterberg", steps=("Read and sign: Breast screening",)),
    Picture("phone", "helene.dubrov-achterberg", steps=("Read and sign: Breast screening",), phone=True),
    Picture("dark", "publisher", scheme="dark"),
)


def take_all(base, passwords):
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in SHOWN:
            taken = take(browser, base, picture, passwords[picture.who])
            file = PICTURES / f"{picture.name}.webp"
            file.write_bytes(taken)
            print(f"{file.relative_to(ROOT)}: {len(taken):,} bytes")  # noqa: T201
            assert len(taken) <= LARGEST, f"{file} is larger than {LARGEST:,} bytes"
        browser.close()


def take(browser, base, picture, password):
    """One picture, as the bytes of a WebP."""
    window = {"width": 390, "height": 780} if picture.phone else {"width": 1280, "height": 853}
    context = browser.new_context(
        base_url=base, viewport=window, color_scheme=picture.scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("#id_username", picture.who)
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")
    if picture.path != "/admin/":
        page.goto(picture.path)
    for name in picture.steps:
        page.locator("a, button").filter(has_text=name).or_(
            page.get_by_role("link", name=name)
        ).first.click()
    page.wait_for_load_state()
    if picture.scroll_to:
        page.locator(picture.scroll_to).first.evaluate("node => node.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(400)
    png = base64.b64encode(page.screenshot()).decode()
    blank = browser.new_page()
    webp = blank.evaluate(SHRINK, [png, 390 if picture.phone else WIDTH])
    blank.close()
    context.close()
    return base64.b64decode(webp)


def serve(directory):
    """The demo in a process of its own; returns it with its address and everybody's password."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = Path(directory, "told.txt")
    with told.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "VAR_DIR": directory},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    base = f"http://127.0.0.1:{port}"
    for _attempt in range(600):
        time.sleep(1)
        if server.poll() is not None:
            raise RuntimeError(told.read_text())
        try:
            urllib.request.urlopen(f"{base}/admin/login/").close()
            break
        except OSError:
            continue
    accounts = re.findall(r"^\s+([a-z][\w.-]+)\s+(\S{8,})\s+[a-z ]+$", told.read_text(), re.M)
    return server, base, dict(accounts)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        server, base, passwords = serve(directory)
        try:
            take_all(base, passwords)
        finally:
            server.terminate()
            server.wait()
