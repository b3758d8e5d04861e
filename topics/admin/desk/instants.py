"""The part of a form that asks for now or a later instant, on the clock of the person who types it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.desk.fields import DateInput, TimeInput
from topics.admin.moments import spoken
from topics.rules.local_time import gap_around, offset_name, readings

YEARS = range(1900, 9000)
"""What a calendar can count with in every time zone."""


class InstantForm(forms.Form):
    """Now, or a date and a time in the actor's time zone.

    A time that the clocks leave out is refused; of one that comes twice, `which` asks for the offset.
    The field is there only then. The form that this is a part of sets `actor` before it begins, and
    its template posts `zone.key` as `zone_shown`.
    """

    NOW, LATER = "now", "later"

    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[(NOW, gettext_lazy("Now")), (LATER, gettext_lazy("At the date and time below"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"], widget=DateInput)
    time = forms.TimeField(required=False, input_formats=["%H:%M", "%H:%M:%S"], widget=TimeInput)
    which = forms.ChoiceField(
        label=gettext_lazy("Which of the two"), required=False, widget=forms.RadioSelect
    )

    class Media:
        css = {"all": ["topics/releasing.css"]}
        js = [forms.Script("topics/instants.js", defer=True)]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = self.actor.zone()
        named = {"zone": self.zone.key}
        self.fields["day"].label = _("Date (%(zone)s)") % named
        self.fields["time"].label = _("Time (%(zone)s)") % named
        self.fields["day"].widget.attrs["data-zone"] = self.zone.key
        twice = self.typed_twice()
        if not twice:
            del self.fields["which"]
            return
        which = self.fields["which"]
        which.choices = [(offset_name(instant, self.zone), self.one_of(instant)) for instant in twice]
        which.error_messages["invalid_choice"] = _("Choose one of the two.")

    def one_of(self, instant):
        return _("%(offset)s, which is %(at)s") % {
            "offset": offset_name(instant, self.zone),
            "at": f"{instant:%Y-%m-%d %H:%M} UTC",
        }

    def typed_twice(self):
        """The two instants that what was typed may mean; empty where it means one, or none."""
        if not self.is_bound:
            return []
        try:
            day, time = (
                self.fields[name].clean(self.data.get(self.add_prefix(name))) for name in ("day", "time")
            )
        except forms.ValidationError:
            return []
        if day is None or time is None or day.year not in YEARS:
            return []
        found = readings(day, time, self.zone)
        return found if len(found) == 2 else []

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and day.year not in YEARS:
            raise forms.ValidationError(_("Give the date, as 2026-03-31."))
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") == self.LATER:
            for name, sentence in (
                ("day", _("Give the date, as 2026-03-31.")),
                ("time", _("Give the time in %(zone)s, as 14:30.") % {"zone": self.zone.key}),
            ):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, sentence)
            if self.zone_moved():
                sentence = _(
                    "This was asked on the clock of %(shown)s, and yours is now that of %(zone)s. Look "
                    "at the date and the time again."
                )
                told = {"shown": self.data["zone_shown"], "zone": self.zone.key}
                self.add_error("time", sentence % told)
            elif cleaned.get("day") and cleaned.get("time") is not None:
                self.find_instant(cleaned["day"], cleaned["time"])
        elif cleaned.get("day") or cleaned.get("time"):
            self.add_error("when", _("You gave a date or a time: choose the second, or clear them."))
        return cleaned

    def zone_moved(self):
        """Whether the person chose another time zone since the page was shown: in another tab, say."""
        return self.data.get("zone_shown", self.zone.key) != self.zone.key

    def find_instant(self, day, time):
        """Keeps the one instant that is meant, or says beside the field why there is none."""
        found = readings(day, time, self.zone)
        told = {"time": f"{time:%H:%M}", "day": day.isoformat(), "zone": self.zone.key}
        if not found:
            gap = gap_around(day, time, self.zone)
            same_day = gap.left.date() == gap.back.date()
            clock = "%H:%M" if same_day else "%Y-%m-%d %H:%M"
            told |= {"left": f"{gap.left:{clock}}", "back": f"{gap.back:{clock}}"}
            sentence = _(
                "There is no %(time)s on %(day)s in %(zone)s: the clocks go forward from %(left)s to "
                "%(back)s. Choose an earlier or a later time."
            )
            self.add_error("time", sentence % told)
        elif len(found) == 2 and not self.cleaned_data.get("which"):
            if "which" not in self.errors:
                sentence = _(
                    "%(time)s comes twice on %(day)s in %(zone)s, because the clocks go back. "
                    "Choose which of the two is meant."
                )
                self.add_error("which", sentence % told)
        else:
            chosen = self.cleaned_data.get("which")
            self.found = next(
                instant for instant in found if chosen in (None, "", offset_name(instant, self.zone))
            )

    def instant(self):
        """The chosen instant (UTC), or None for now."""
        return None if self.cleaned_data["when"] == self.NOW else self.found

    def told_instant(self):
        """The chosen instant in words, or nothing where it is now, or not known."""
        return spoken(getattr(self, "found", None)) if self.is_bound else ""
