"""Pages of people and rules: each save is held against what its page showed, and is on record."""

from django.contrib.admin.utils import unquote
from django.utils.translation import gettext as _

from topics.admin.base import SignoffModelAdmin
from topics.admin.changed import changes_of
from topics.admin.desk.trail import not_seen
from topics.admin.moments import spoken
from topics.admin.noted import note_change
from topics.admin.saved_state import digest_of, relation_to, saved_state
from topics.admin.stale_rows import typed_rows
from topics.models import AuditEntry
from topics.rules.refusal import ILLEGAL, Refusal, Refused
from topics.workflow.ledger import begin_act

OPENED = "opened_state"
"""The hidden field: the newest entry of the ledger and the digest of what was saved, when opened."""

MOST_TOLD = 5
"""So many changes that came first are told each by itself; the history has all."""


class ConfigurationAdmin(SignoffModelAdmin):
    """People and rules: plain forms, each change of which is an entry in the ledger.

    A form that was opened before another change is refused with who changed what, so that nothing
    that was changed comes back from a page that still shows it. What was typed is given back.
    """

    lines = ()
    """Relations whose rows the form shows as one field."""

    # Held against what is saved --------------------------------------------------------------------

    def _changeform_view(self, request, object_id, form_url, extra_context):
        """Within the transaction of a save, before anything of the form is read."""
        if object_id is not None:
            found = self.opened(request, unquote(object_id))
            extra_context = {**found, **(extra_context or {})}
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def opened(self, request, pk):
        """What the page says that it shows; raises `Refused` where a save comes from an older one.

        It is taken before the form is read: a change in between makes it older, never newer.
        """
        is_save = request.method == "POST"
        if is_save:
            request.act_at = begin_act()
        newest = AuditEntry.objects.order_by("-number").values_list("number", flat=True).first()
        obj = self.get_object(request, pk)
        if obj is None or not self.may_learn(request, obj):
            return {}
        request.before = self.state(obj, lock=is_save)
        if not is_save:
            return {"opened": f"{newest or 0}-{digest_of(request.before)}"}
        refusals = list(self.changed_meanwhile(request, obj))
        request.is_stale = bool(refusals)
        if refusals and not getattr(request, "refusals", ()):
            raise Refused(refusals)
        # The heading names what is saved, not what was typed; an older page stays one.
        shown = {"original": obj, "subtitle": str(obj), "is_stale": request.is_stale}
        if request.is_stale:
            shown |= {"refused": request.refusals, "errors": ()}  # The first say it, above the form.
        return {**shown, "opened": request.POST.get(OPENED, "")}

    def may_learn(self, request, obj):
        """Whether this person may be told who changed what of it."""
        return self.has_change_permission(request, obj)

    def state(self, obj, *, lock=False):
        return saved_state(obj, inlines=self.inlines, lines=self.lines, lock=lock)

    def changed_meanwhile(self, request, obj):
        """Why the posted form is older than what is saved; nothing where it isn't."""
        number, _dash, digest = request.POST.get(OPENED, "").partition("-")
        if not (number.isdecimal() and len(number) < 19 and digest):
            yield not_seen()
        elif digest != digest_of(request.before):
            entries = self.entries_about(obj).filter(number__gt=int(number)).select_related("actor")
            newest = entries.order_by("-number")[:MOST_TOLD]
            for entry in reversed(newest):
                yield Refusal("acted_meanwhile", self.who_changed_what(request, entry), ILLEGAL)
            if not newest:
                sentence = _("This is not the state that the page showed. Look at how it stands now.")
                yield Refusal("acted_meanwhile", sentence, ILLEGAL)

    def who_changed_what(self, request, entry):
        what = "; ".join(map(str, changes_of(entry)))
        told = {
            "name": entry.actor.printed_name(),
            "at": spoken(entry.at, seconds=True),
        }
        said = (
            _("You changed this in another window at %(at)s, after you opened this page.")
            if entry.actor_id == request.user.pk
            else _("%(name)s changed this at %(at)s, after you opened this page.")
        ) % told
        return f"{said} {what}." if what else said

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """On a refused page the rows are those that were typed, though some may be gone by now."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if getattr(request, "is_stale", False):
            given["queryset"], given["data"] = typed_rows(
                given["queryset"].filter(**{relation_to(self.model, inline.model).name: obj}),
                request.POST,
                prefix,
            )
        return given

    # On record -------------------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        request.act_at = begin_act()
        super().save_model(request, obj, form, change)

    def construct_change_message(self, request, form, formsets, add=False):
        """The names of what changed; inline rows are named by their model."""
        rows = {
            formset.model._meta.model_name
            for formset in formsets or []
            if formset.new_objects or formset.changed_objects or formset.deleted_objects
        }
        return sorted({*form.changed_data, *rows})

    def log_addition(self, request, obj, message):
        self.note(request, obj, message)

    def log_change(self, request, obj, message):
        self.note(request, obj, message)

    def note(self, request, obj, fields):
        """Writes the change into the ledger, in the transaction that makes it."""
        before = getattr(request, "before", [])
        at = getattr(request, "act_at", None) or begin_act()
        state = self.state(obj)
        note_change(obj, actor=request.user, at=at, fields=fields, before=before, now=state)
