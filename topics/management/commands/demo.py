"""`manage.py demo`: a fictional library with articles in every state, and a server to look at it."""

import socket
from datetime import timedelta

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from topics.management.demo.hospital import admit_hospital
from topics.management.demo.stage import BEGINNING, set_stage
from topics.management.demo.story import Story
from topics.models import AuditEntry, Edition, User, Version
from topics.workflow.ledger import record, replay

HOST = "127.0.0.1"
ACT = "demo"


class Command(BaseCommand):
    help = "Fills an empty database with a fictional library and serves it. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")
        parser.add_argument("--port", type=int, default=8000, help="port to serve on (default: 8000)")

    def handle(self, *, no_serve, port, **options):
        if not no_serve:
            self.refuse_taken_port(port)
        call_command("migrate", verbosity=0, interactive=False)
        if AuditEntry.objects.filter(act=ACT).exists():
            self.say(
                "The demo is there already; nothing was changed. Passwords were shown when it was made;"
            )
            self.say("to set one anew: manage.py changepassword USERNAME")
        elif AuditEntry.objects.exists() or User.objects.exists():
            raise CommandError(
                "This database is in use: the demo needs an empty one. Name another with DATABASE_URL, "
                "or another folder for the embedded one with VAR_DIR. Nothing was changed."
            )
        else:
            self.show_passwords(self.make())
        self.show_addresses(port)
        if not no_serve:
            call_command("runserver", f"{HOST}:{port}", use_reloader=False, skip_checks=True)

    def refuse_taken_port(self, port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except (OSError, OverflowError) as error:
                raise CommandError(
                    f"Port {port} can't be used ({error}). Choose another with --port."
                ) from error

    @transaction.atomic
    def make(self):
        now = timezone.now()
        self.say("Making the demo: people, rules and the life of each article …")
        with replay():
            stage = set_stage(at=now - BEGINNING)
            record(ACT, actor=stage.people["administrator"], at=now - BEGINNING)
            # A moment back, so that the next act of a person is later than the story's last.
            Story(stage, now=now - timedelta(seconds=1)).play()
            self.hospital, self.key = admit_hospital(stage, at=now - timedelta(seconds=1))
        states = Version.objects.values_list("state", flat=True)
        self.say(
            f"  {len(set(Version.objects.values_list('article', flat=True)))} articles, "
            f"{len(states)} versions, {Edition.objects.in_force(at=now).count()} editions in force."
        )
        return stage

    def show_passwords(self, stage):
        self.say("")
        self.say("Accounts, with their passwords. They are shown this once:", self.style.SUCCESS)
        roles = {user.username: role for role, user in stage.people.items()}
        width = max(map(len, stage.passwords))
        for username, password in stage.passwords.items():
            role = roles.get(username, "medical_reviewer").replace("_", " ")
            self.say(f"  {username:<{width}}  {password}  {role}")

        self.say("")
        self.say(
            f"The key of {self.hospital}, a licensee. It is shown this once, too:", self.style.SUCCESS
        )
        self.say(f"  {self.key}")

    def show_addresses(self, port):
        base = f"http://localhost:{port}"
        self.say("")
        self.say(f"  Admin          {base}/admin/")
        self.say(f"  API            {base}/api/v1/")
        self.say(f"  Documentation  {base}/api/v1/docs/")
        self.say(f"  Try            curl '{base}/api/v1/articles/high-blood-pressure/'")
        self.say("")

    def say(self, text, style=None):
        self.stdout.write(style(text) if style else text)
