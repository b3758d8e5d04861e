"""Which form and which outlook belong to which act."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from topics.admin.desk import forms, outlook, releasing
from topics.admin.desk.assigning import AssignForm
from topics.workflow.table import ACTS


@dataclass(frozen=True)
class Page:
    """The page of one act: its words, its form, and the facts and template of what will happen."""

    name: str
    label: str
    consequence: str
    form: type
    outlook: Callable
    template: str


def of_version(name, form, outlook, template=None):
    act = ACTS[name]
    return Page(name, act.label, act.consequence, form, outlook, template or name)


VERSION_PAGES = {
    page.name: page
    for page in (
        of_version("submit", forms.SubmitForm, outlook.of_submit),
        of_version("assign", AssignForm, outlook.of_assign),
        of_version("send", forms.SendForm, outlook.of_send),
        of_version("return", forms.ReturnForm, outlook.of_return),
        of_version(
            "return_as_reviewer", forms.ReturnAsReviewerForm, outlook.of_return, template="return"
        ),
        of_version("sign_off", forms.SignOffForm, outlook.of_sign_off),
        of_version("release", releasing.ReleaseForm, outlook.of_release),
    )
}

EDITION_PAGES = {
    page.name: page
    for page in (
        Page(
            "withdraw",
            _("Withdraw"),
            _(
                "The public stops reading this edition. Its address answers with what you say here, "
                "and every consumer learns of it with the next sync. It can't be undone."
            ),
            releasing.WithdrawForm,
            outlook.of_withdraw,
            "withdraw",
        ),
        Page(
            "move",
            _("Move the release"),
            _("This edition becomes public at another instant than was scheduled, or now."),
            releasing.MoveForm,
            outlook.of_move,
            "move",
        ),
        Page(
            "cancel_release",
            _("Cancel the release"),
            _("This edition never becomes public. Its version stays signed and can be released again."),
            releasing.CancelReleaseForm,
            outlook.of_cancel_release,
            "cancel_release",
        ),
    )
}

OPEN_VERSION = Page(
    "open_version",
    _("Start a new version"),
    _(
        "A new draft begins as a copy. Everybody who wrote what is copied counts as its author, and "
        "can't sign it."
    ),
    forms.OpenVersionForm,
    outlook.of_open_version,
    "open_version",
)

RECATEGORISE = Page(
    "recategorise",
    _("Change the category"),
    _(
        "Versions submitted from now on are reviewed under the policy of the new category. The public "
        "finds the article there from its next release on."
    ),
    forms.RecategoriseForm,
    outlook.of_recategorise,
    "recategorise",
)
