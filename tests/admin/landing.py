"""My work as an account finds it, taken apart into its sections."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.admin.desk import signed_in


def home(user):
    response = signed_in(user).get(reverse("admin:index"))
    assert response.status_code == 200
    return response


def section_of(response, name):
    return {section.name: section for section in response.context["sections"]}[name]


def names_of(response):
    return [section.name for section in response.context["sections"]]


def titles(section):
    return [row.title for row in section.rows]


def days_ago(days):
    return timezone.now() - timedelta(days=days)
