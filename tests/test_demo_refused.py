"""The demo is refused, before anything is made, where it would be in the way of something."""

import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import make
from topics.models import Article, User

pytestmark = pytest.mark.django_db


def test_it_refuses_a_database_that_is_in_use():
    make.draft(make.newsroom())
    with pytest.raises(CommandError, match="in use"):
        call_command("demo", no_serve=True, stdout=StringIO())
    assert Article.objects.count() == 1


def test_a_port_that_is_taken_is_refused_before_anything_is_made():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="--port"):
            call_command("demo", port=taken.getsockname()[1], stdout=StringIO())
    assert not User.objects.exists()
