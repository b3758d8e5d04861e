"""The page on which an administrator gives a licensee another licence, with those before it."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.columns import category_tree
from topics.admin.desk.fields import DateInput
from topics.admin.licensing.lists import licence_of, standing
from topics.admin.licensing.page import LicenseeView
from topics.admin.reviewers import LanguagesField
from topics.models import Category
from topics.publishing.licences import give_licence
from topics.publishing.shelf import midnight


class LicenceForm(forms.Form):
    """What the licence includes. What isn't asked here is checked by the door."""

    languages = LanguagesField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("Tags such as en, es. A base language covers its regions."),
    )
    every_category = forms.BooleanField(label=gettext_lazy("Every category"), required=False)
    categories = forms.ModelMultipleChoiceField(
        queryset=Category.objects.order_by("name"),
        label=gettext_lazy("Or these categories, with all below them"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
    )
    terms = forms.CharField(
        label=gettext_lazy("Terms"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What was agreed, for the record. Consumers don't see it."),
    )
    first_day = forms.DateField(
        label=gettext_lazy("From (day in UTC)"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=DateInput,
        help_text=gettext_lazy("Empty: from now on."),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Until and including (day in UTC)"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=DateInput,
        help_text=gettext_lazy("Empty: until it is changed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tree = [
            (category.pk, format_html("{}{}", "– " * depth, category.name))
            for category, depth in category_tree()
        ]
        self.fields["categories"].choices = tree


class LicenceView(LicenseeView):
    """GET shows the licences and a form filled with the present one; POST gives a new one."""

    template = "topics/licensing/licence.html"

    def get(self, request, pk):
        licensee = self.licensee(pk)
        return self.page(licensee, LicenceForm(initial=self.present(licensee), label_suffix=""))

    def post(self, request, pk):
        licensee = self.licensee(pk)
        form = LicenceForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.page(licensee, form, status=422)
        licence, refusals = self.tried(licensee, form)
        if licence is None:
            return self.page(licensee, form, refusals=refusals)
        messages.success(
            request, _("The licence is given. Mirrors learn with their next visit what came and left.")
        )
        return HttpResponseRedirect(reverse("admin:topics_licensee_change", args=[licensee.pk]))

    def act(self, licensee, form):
        chosen = form.cleaned_data
        first, last = chosen["first_day"], chosen["last_day"]
        return give_licence(
            licensee,
            languages=chosen["languages"],
            categories=chosen["categories"],
            every_category=chosen["every_category"],
            terms=chosen["terms"],
            starts_at=first and midnight(first),
            ends_at=last and midnight(last + timedelta(days=1)),
            actor=self.request.user,
        )

    def present(self, licensee):
        licence = licence_of(licensee, at=timezone.now())
        if licence is None:
            return {}
        ends = licence.ends_at
        return {
            "languages": licence.languages,
            "every_category": licence.every_category,
            "categories": licence.chosen_ids,
            "terms": licence.terms,
            "last_day": ends and (ends - timedelta(microseconds=1)).date(),
        }

    def page(self, licensee, form, **context):
        names = dict(Category.objects.values_list("pk", "name"))
        now = timezone.now()
        rows = [
            {
                "licence": licence,
                "standing": standing(licence, at=now),
                "categories": [names[pk] for pk in licence.chosen_ids if pk in names],
            }
            for licence in licensee.licences.select_related("given_by").order_by("-pk")[:50]
        ]
        return self.show(licensee, form=form, rows=rows, title=_("Licence"), **context)
