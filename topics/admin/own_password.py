"""Changing one's own password: the old one is asked for behind the same brake as before a signature.

The ledger says that it was changed, as where an administrator sets it, and never what it is.
"""

from django.contrib.admin.forms import AdminPasswordChangeForm
from django.core.exceptions import ValidationError
from django.db import transaction

from topics.admin.noted import note_change
from topics.admin.saved_state import saved_state
from topics.models import User
from topics.vocabulary import Purpose
from topics.workflow.ledger import ClockError, begin_act
from topics.workflow.password import ask


class OwnPasswordForm(AdminPasswordChangeForm):
    def clean_old_password(self):
        typed = self.cleaned_data["old_password"]
        try:
            answer = ask(self.user, typed, purpose=Purpose.PASSWORD_CHANGE)
        except ClockError as error:
            raise ValidationError(str(error), code="clock") from error
        if answer.right:
            return typed
        if answer.tries.barred:
            raise ValidationError(answer.tries.refusal().sentence, code="password_barred")
        sentence = f"{self.error_messages['password_incorrect']} {answer.tries.told()}"
        raise ValidationError(sentence, code="password_incorrect")

    @transaction.atomic
    def save(self, commit=True):
        at = begin_act()
        account = User.objects.get(pk=self.user.pk)
        before = saved_state(account, lock=True)
        saved = super().save(commit)
        note_change(account, actor=account, at=at, fields=["password"], before=before)
        return saved
