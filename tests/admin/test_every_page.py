"""Every page of the admin keeps the strict content policy, and is in Spanish for who asks."""

import pytest

from tests.admin.every import addresses, shelf
from tests.admin.pages import refused_by_csp, sign_in, superuser
from tests.admin.spanish import SPANISH, leftovers

pytestmark = pytest.mark.django_db

OWN_WORDS = ("topics_auditentry", "auth_user_password_change")
"""The record keeps its own words, whatever the reader's language; Django's Spanish lacks a sentence."""


def test_every_page_keeps_the_policy_and_is_in_spanish_for_who_asks(client, newsroom):
    made = shelf(newsroom)
    sign_in(client, superuser())
    english = {}
    for name, address in addresses(made):
        response = client.get(address, **SPANISH)
        assert response.status_code < 500, address
        policy = response["Content-Security-Policy"]
        assert "unsafe-inline" not in policy, address
        assert "unsafe-eval" not in policy, address
        assert refused_by_csp(response) == [], address
        is_page = response["Content-Type"].startswith("text/html")
        if is_page and not name.startswith(OWN_WORDS) and (words := leftovers(response)):
            english[address] = words
    assert english == {}
