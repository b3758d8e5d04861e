"""Fields of the desk's forms: explained choices, dates and times, an article named by its slug."""

import uuid

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from topics.models import Article


class ExplainedChoices(forms.RadioSelect):
    """Radio buttons with a line of explanation each; `closed` ones can't be chosen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.closed = set()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.closed:
            option["attrs"]["disabled"] = True
        return option


def explained(choices, explanations):
    """Choices whose labels carry their explanation."""
    return [
        (
            value,
            format_html(
                '<strong>{}</strong> <span class="desk-note">{}</span>', label, explanations[value]
            ),
        )
        for value, label in choices
    ]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class ArticleField(forms.CharField):
    """An article named by its slug, by `slug [language]` as it is listed, or by its public id."""

    def __init__(self, *, language="en", **kwargs):
        super().__init__(**kwargs)
        self.language = language

    def clean(self, value):
        name = super().clean(value)
        if not name:
            return None
        found = list(named(name))
        own = [article for article in found if article.language == self.language]
        chosen = found if len(found) == 1 else own
        if not chosen:
            raise forms.ValidationError(
                _("There is no article named “%s”. Type its slug as listed.") % name
                if not found
                else _("“%(name)s” exists in several languages: type one of %(them)s.")
                % {"name": name, "them": ", ".join(map(str, found))}
            )
        return chosen[0]


def named(name):
    """The articles that a typed name may mean."""
    try:
        return Article.objects.filter(public_id=uuid.UUID(name))
    except ValueError:
        slug, _bracket, language = name.rstrip("]").partition("[")
        articles = Article.objects.filter(slug=slug.strip())
        return articles.filter(language=language.strip()) if language else articles
