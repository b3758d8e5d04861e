"""Asking with a key, also the addresses of other standards, and what is told where none opens."""

from tests.api import ask
from tests.api.standards.records import ICD_10_CM

CONNECT = f"connect/?mainSearchCriteria.v.c=R05&mainSearchCriteria.v.cs={ICD_10_CM}"
INFOBUTTON = CONNECT.replace("connect", "infobutton") + "&knowledgeResponseType=application/json"
NHS = ("nhs/conditions/", "nhs/conditions/cough/")


def keyed(client, key, path, query=None, **headers):
    return ask.get(client, path, query, x_api_key=key, **headers)


def refusal(client, path, **headers):
    reply = client.get(f"/api/v1/{path}", headers=headers)
    body = reply.json()
    body.pop("instance")
    return reply.status_code, reply["WWW-Authenticate"], body
