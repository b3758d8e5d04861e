"""Reviewers as attacks need them: asked, through the door or past it; signing; no longer qualified."""

from datetime import date, timedelta

from django.utils import timezone

from tests import make
from tests.attacks.ways import entry
from topics.models import Assignment
from topics.rules.review_dates import utc_day
from topics.workflow import acts
from topics.workflow.password import ask
from topics.workflow.signature import read_by


def superuser():
    return make.user(is_superuser=True, is_staff=True)


def sign_as(actor, version, *, password=make.PASSWORD):
    read = read_by(version, actor)
    answer = ask(actor, password, purpose="sign_off", of=version)
    return acts.sign_off(version, digest=version.digest, printed=read, answer=answer, actor=actor)


def asked_to_review(room, version, reviewer, role="primary"):
    return acts.assign(
        version,
        requirement=version.requirements.get(role=role),
        reviewer=reviewer,
        due_on=utc_day(timezone.now()) + timedelta(days=14),
        actor=room.editor,
    )


def forged_assignment(room, version, reviewer, role, **fields):
    written = entry("assign", actor=room.editor, version=version)
    return Assignment.objects.create(
        **{
            "version": version,
            "requirement": version.requirements.get(role=role),
            "reviewer": reviewer,
            "due_on": date(2100, 1, 1),
            "assigned_by": room.editor,
            "assigned_at": written.at,
            **fields,
        }
    )


def forged_end(room, version):
    """Ends every assignment, as nothing but a return may."""
    written = entry("return", actor=room.editor, version=version)
    version.assignments.update(ended_at=written.at, ended_by=room.editor)


def expire(reviewer, on):
    reviewer.credential_set.update(expires_on=on)
