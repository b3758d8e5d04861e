"""The addresses of articles and editions: paths, by public id, because a slug needs its language."""

from django.urls import reverse


def article_path(public_id):
    return reverse("api:article", args=[public_id])


def edition_path(public_id, number):
    return reverse("api:edition", args=[public_id, number])
