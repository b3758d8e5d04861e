"""How people read each act: a sentence, a name, a sign and a colour; one that isn't known is named."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "create_article": _("%(name)s started the article"),
    "open_version": _("%(name)s started version %(number)s"),
    "import_page": _("%(name)s imported version %(number)s from a page"),
    "edit": _("%(name)s edited version %(number)s"),
    "submit": _("%(name)s submitted version %(number)s"),
    "assign": _("%(name)s asked a reviewer for version %(number)s"),
    "change_due_date": _("%(name)s changed a due date of version %(number)s"),
    "withdraw_assignment": _("%(name)s withdrew an assignment of version %(number)s"),
    "send": _("%(name)s sent version %(number)s to medical review"),
    "remark": _("%(name)s remarked on version %(number)s"),
    "reply": _("%(name)s replied to a remark on version %(number)s"),
    "answer": _("%(name)s answered a remark on version %(number)s"),
    "reopen": _("%(name)s reopened a remark on version %(number)s"),
    "sign_off": _("%(name)s signed version %(number)s"),
    "approve": _("Version %(number)s was approved with the last sign-off"),
    "return": _("%(name)s returned version %(number)s"),
    "return_as_reviewer": _("%(name)s returned version %(number)s as its reviewer"),
    "release": _("%(name)s released version %(number)s"),
    "release_together": _("%(name)s released several articles together"),
    "reschedule": _("%(name)s moved the release of version %(number)s"),
    "cancel_release": _("%(name)s cancelled the release of version %(number)s"),
    "withdraw": _("%(name)s withdrew the edition of version %(number)s"),
    "recategorise": _("%(name)s moved the article to another category"),
    "share_preview": _("%(name)s shared a preview of version %(number)s"),
    "revoke_preview": _("%(name)s revoked a preview of version %(number)s"),
}

NAMES = {
    "create_article": _("Article started"),
    "open_version": _("Version started"),
    "import_page": _("Page imported"),
    "edit": _("Edited"),
    "submit": _("Submitted"),
    "assign": _("Reviewer asked"),
    "change_due_date": _("Due date changed"),
    "withdraw_assignment": _("Assignment withdrawn"),
    "send": _("Sent to medical review"),
    "remark": _("Remark"),
    "reply": _("Reply to a remark"),
    "answer": _("Remark answered"),
    "reopen": _("Remark reopened"),
    "sign_off": _("Signed"),
    "approve": _("Approved by the last sign-off"),
    "return": _("Returned with remarks"),
    "return_as_reviewer": _("Returned by a reviewer"),
    "release": _("Released"),
    "release_together": _("Released together with others"),
    "reschedule": _("Release moved"),
    "cancel_release": _("Release cancelled"),
    "withdraw": _("Edition withdrawn"),
    "recategorise": _("Category changed"),
    "share_preview": _("Preview shared"),
    "revoke_preview": _("Preview revoked"),
    "notice": _("Notice stated"),
    "licence": _("Licence given"),
    "make_key": _("API key made"),
    "revoke_key": _("API key revoked"),
    "configure": _("Settings changed"),
    "wrong_password": _("Wrong password"),
    "password_barred": _("Password not taken after wrong ones"),
    "demo": _("Demo made"),
}
"""The same without who did it, for lists where that stands in another column."""

LOOKS = {
    "create_article": ("✦", "start"),
    "open_version": ("✎", "start"),
    "import_page": ("⇣", "start"),
    "edit": ("✎", "quiet"),
    "submit": ("→", "step"),
    "send": ("→", "step"),
    "remark": ("❝", "said"),
    "reply": ("❝", "said"),
    "answer": ("✓", "said"),
    "reopen": ("?", "said"),
    "sign_off": ("✚", "sign"),
    "approve": ("✓", "good"),
    "return": ("↩", "bad"),
    "return_as_reviewer": ("↩", "bad"),
    "release": ("●", "good"),
    "cancel_release": ("–", "bad"),
    "withdraw": ("✕", "bad"),
}
"""A sign and a class of the stylesheet for each act; the words beside them say the same."""

OTHER = ("·", "quiet")


def act_name(act):
    """How people read the name of an act."""
    return NAMES.get(act) or act.replace("_", " ").capitalize()


def sentence(entry, *, times=1, name=""):
    """Who did what, without when. `times`: how often in a row; `name`: as it was printed that day."""
    words = {
        "name": name or entry.actor.printed_name(),
        "number": entry.version.number if entry.version else "–",
        "act": entry.act.replace("_", " "),
        "times": times,
    }
    said = SENTENCES.get(entry.act, _("%(name)s: %(act)s"))
    if times > 1:
        words["said"] = said % words
        return gettext("%(said)s, %(times)s times") % words
    return str(said) % words


def look(entry):
    return LOOKS.get(entry.act, OTHER)
