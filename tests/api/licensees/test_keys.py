"""Keys: which of them open, that all others get one answer, and what one costs."""

import pytest
import time_machine

from tests import make
from tests.api import ask
from tests.api.licensees.asking import CONNECT, INFOBUTTON, NHS, keyed, refusal
from topics.models import ApiKey
from topics.publishing.api_keys import renew_key, revoke_key

WORDS = ("articles/", "articles/cough/", "articles/none/", "changes/", "categories/", "articles/?x=1")
WORDS += (CONNECT, INFOBUTTON, *NHS)


def test_every_key_that_opens_nothing_gets_the_same_answer(client, newsroom, hospital):
    revoked, expired = make.key(newsroom, hospital), make.key(newsroom, hospital, days=30)
    revoke_key(ApiKey.objects.get(prefix=revoked[:12]), actor=newsroom.administrator)
    live = make.key(newsroom, hospital)
    forged = live[:-1] + ("A" if live[-1] != "A" else "B")
    both = {"X-Api-Key": live, "Authorization": f"Api-Key {expired}"}
    with time_machine.travel(ask.soon(days=30), tick=False):
        for path in WORDS:
            answers = [
                refusal(client, path, **{"X-Api-Key": key})
                for key in (revoked, expired, forged, "nonsense", "", "sgn_\xff", live[:12])
            ]
            answers.append(refusal(client, path, Authorization=f"Api-Key {expired}"))
            answers.append(refusal(client, path, **both))
            assert answers[0][0] == 401, path
            assert answers[0][1].startswith("Api-Key")
            assert answers[0][2]["type"].endswith("/unknown-key")
            assert all(answer == answers[0] for answer in answers), path


def test_a_key_is_taken_from_either_header(client, newsroom, key):
    for headers in (
        {"X-Api-Key": key},
        {"Authorization": f"Api-Key {key}"},
        {"Authorization": f"api-key  {key} "},
        {"Authorization": f"Api-Key {key}", "X-Api-Key": key},
    ):
        assert "site" in client.get("/api/v1/articles/cough/", headers=headers).json()
    # What a proxy asked for is none of ours.
    other = client.get("/api/v1/articles/cough/", headers={"Authorization": "Basic dXNlcjpwdw=="})
    assert other.status_code == 200
    assert "site" not in other.json()


def test_both_keys_open_while_they_overlap_and_one_afterwards(client, newsroom, hospital, key):
    old = ApiKey.objects.get(prefix=key[:12])
    _row, new = renew_key(old, days=365, overlap_days=7, actor=newsroom.administrator)
    for one in (key, new):
        assert keyed(client, one, "articles/cough/").status_code == 200
    with time_machine.travel(ask.soon(days=7, seconds=5), tick=False):
        assert keyed(client, key, "articles/cough/").status_code == 401
        assert keyed(client, new, "articles/cough/").status_code == 200


def test_a_key_outlives_a_change_of_the_servers_secret(client, newsroom, key, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert keyed(client, key, "articles/cough/").status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert keyed(client, key, "articles/cough/").status_code == 401


def test_the_key_itself_is_kept_nowhere(newsroom, hospital, key):
    row = ApiKey.objects.get()
    secret = key.removeprefix(row.prefix)
    kept = [str(value) for value in vars(row).values()]
    assert not any(secret in value or key in value for value in kept)
    assert secret not in row.entry.detail


@pytest.mark.parametrize(
    "path", ["articles/", "articles/cough/", "changes/", "categories/", CONNECT, INFOBUTTON, *NHS]
)
def test_without_open_reading_a_key_is_needed(client, newsroom, key, settings, path):
    settings.API_OPEN = False
    status, challenge, body = refusal(client, path)
    assert (status, body["type"]) == (401, "/api/v1/problems/key-needed")
    assert challenge.startswith("Api-Key")
    assert "Cough" not in str(body)
    assert keyed(client, key, path).status_code == 200
    assert ask.get(client, "").status_code == 200
    assert ask.get(client, "problems/").status_code == 200


# What it costs --------------------------------------------------------------------------------------


FULL = "?language=en&category=lungs&review_status=current&modified_after=2020-01-01&page_size=1"

MOST = [
    ("articles/cough/", 2),
    ("articles/cough/?language=en", 2),
    ("articles/cough/editions/1/", 2),
    ("articles/cough/editions/", 2),
    ("articles/none/", 2),
    ("articles/gone/", 2),
    ("articles/", 4),
    (f"articles/{FULL}", 4),
    ("changes/", 4),
    ("categories/", 4),
    (CONNECT, 4),
    (INFOBUTTON, 4),
    ("nhs/conditions/", 4),
    ("nhs/conditions/cough/", 2),
    ("nhs/conditions/gone/", 2),
]


def test_a_key_costs_no_more_queries_than_promised(
    client, newsroom, hospital, key, django_assert_max_num_queries
):
    for n in range(3):
        make.listed(hospital, f"Dr {n}", categories=[newsroom.category])
    ask.taken_back(newsroom, make.released(newsroom, slug="gone"))
    for path, most in MOST:
        with django_assert_max_num_queries(most, info=path):
            keyed(client, key, path)
    with django_assert_max_num_queries(dict(MOST)["articles/cough/"]):
        assert keyed(client, key, f"articles/cough/?as_of={ask.now()}").status_code == 200
    cursor = keyed(client, key, "changes/").json()["next_cursor"]
    with django_assert_max_num_queries(dict(MOST)["changes/"]):
        keyed(client, key, "changes/", {"cursor": cursor})
