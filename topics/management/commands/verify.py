"""`manage.py verify FILE|URL`: whether a saved article is what its reviewers signed, word by word."""

from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

from django.core.management.base import BaseCommand, CommandError

from topics.publishing.addresses import KEYS_PATH
from topics.publishing.keys import published_keys
from topics.publishing.verifying import Unreadable, failures, loads

LONGEST = 20_000_000
"""Bytes; far above any article."""


class Command(BaseCommand):
    help = (
        "Verifies an article as the API replied with it: that its text has the digest that was signed, "
        "that its record is the one that the publisher sealed, and that the seal is the publisher's. "
        "Exits with 1 and names what doesn't hold."
    )

    def add_arguments(self, parser):
        parser.add_argument("article", help="the saved JSON of an article, or its address")
        parser.add_argument(
            "--provenance",
            help="the saved provenance, or its address. Without it: beside the file as "
            "NAME.provenance.json, or where the article at an address says",
        )
        parser.add_argument(
            "--keys",
            help="the publisher's saved keys, or their address. Without it: for a file this "
            "installation's own, for an address those of its host",
        )

    def handle(self, *, article, provenance, keys, **options):
        shown = read(article)
        if not isinstance(shown, dict) or "digest" not in shown:
            raise CommandError(f"{article} is no article of this API.")
        stated = read(provenance or place_of_provenance(article, shown))
        known = (
            read(keys or urljoin(article, KEYS_PATH))
            if keys or is_address(article)
            else published_keys()
        )
        try:
            found = failures(shown, stated, known)
        except Unreadable as error:
            raise CommandError(str(error)) from None
        for sentence in found:
            self.stderr.write(self.style.ERROR(sentence))
        if found:
            raise CommandError(f"{len(found)} words of evidence fail.")
        self.stdout.write(self.style.SUCCESS(holds(stated["statement"])))


def is_address(place):
    return urlsplit(place).scheme in ("http", "https")


def place_of_provenance(place, article):
    if not is_address(place):
        return str(Path(place).with_suffix("")) + ".provenance.json"
    if not isinstance(article.get("provenance_url"), str):
        raise CommandError(f"{place} doesn't say where its provenance is; give --provenance.")
    return urljoin(place, article["provenance_url"])


def read(place):
    """The JSON at a file or address."""
    try:
        if is_address(place):
            # Only http and https, by the check above.
            with urlopen(Request(place, headers={"Accept": "application/json"}), timeout=30) as reply:
                raw = reply.read(LONGEST + 1)
        else:
            raw = Path(place).read_bytes()
        if len(raw) > LONGEST:
            raise CommandError(f"{place} is too long to be read.")
        return loads(raw.decode())
    except (Unreadable, UnicodeDecodeError) as error:
        raise CommandError(f"{place} can't be read as JSON: {error}") from None
    except (URLError, OSError) as error:
        raise CommandError(f"{place} can't be read: {error}") from None


def holds(stated):
    people = "; ".join(
        f"{review['name']}, {review['credentials']} ({review['role']}, {review['signed_at'][:10]})"
        for review in stated["reviews"]
    )
    return (
        f"Edition {stated['edition']} of {stated['slug']} [{stated['language']}] is what was signed: "
        f"{stated['digest']}. Signed off by {people}. Last reviewed {stated['last_reviewed']}, next "
        f"review due {stated['next_review_due']}. Whether it is in force today only the publisher says."
    )
