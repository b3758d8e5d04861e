"""Filters as fields of one form, each a list of choices that costs no query per choice."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from topics.admin.columns import category_tree
from topics.admin.desk.access import sees_every_version
from topics.admin.lists.distinct import values_of
from topics.models import Article


class Links(admin.SimpleListFilter):
    """Values as links beside a short list. One that is none of them lists nothing, and the list says so.

    `narrow` leaves the rows of a list that a value stands for.
    """

    def narrow(self, rows, value):
        raise NotImplementedError

    def is_unknown(self):
        """Whether a value was given that is none of the choices: an old or mistyped address."""
        known = {str(value) for value, _label in self.lookup_choices}
        return bool(self.value()) and self.value() not in known

    def has_output(self):
        return super().has_output() or bool(self.value())

    def queryset(self, request, queryset):
        if self.is_unknown():
            return queryset.none()
        return self.narrow(queryset, self.value()) if self.value() else queryset


class Choice(Links):
    """One select of the form.

    A `hidden` one is reached by links only, and shown once it narrows. One that tells of others' work
    is for `followers` of the reviews as a whole. `options` gives triples of a value, what it is
    called, and the group under which it stands; none where there are too `many`, and one is typed.
    """

    template = "topics/desk/lists/choice.html"
    hidden = followers = many = False
    everything = _("All")

    def lookups(self, request, model_admin):
        self.request, self.model_admin = request, model_admin
        self.known = [(str(value), label, group) for value, label, group in self.options()]
        return [(value, label) for value, label, _group in self.known]

    def has_output(self):
        may = not self.followers or sees_every_version(self.request.user)
        return may and (self.many or super().has_output())

    def options(self):
        return []

    def label(self):
        """What is chosen, in words; None where nothing is, or nothing that there is."""
        return next((label for value, label, _group in self.known if value == self.value()), None)

    def queryset(self, request, queryset):
        if self.is_unknown():
            return queryset.none()
        return self.narrow(queryset, self.value()) if self.label() else queryset

    def choices(self, changelist):
        chosen = self.value() or ""
        yield {"value": "", "display": self.everything, "selected": not chosen, "group": ""}
        for value, label, group in self.known:
            yield {
                "value": value,
                "display": label,
                "selected": value == chosen,
                "group": group,
            }


def tell_of_unknown(request, changelist):
    """Says which filter of a list was given a value that is none of its choices."""
    for links in changelist.filter_specs:
        if isinstance(links, Links) and links.is_unknown():
            sentence = _("Nothing is listed, because “%(value)s” is no choice of the filter “%(name)s”.")
            words = {"value": links.value()[:60], "name": links.title}
            messages.warning(request, sentence % words)


def plainly(choices):
    return [(value, label, "") for value, label in choices]


class LanguageChoice(Choice):
    """By language; `path` leads from the rows to what has one."""

    title = _("language")
    parameter_name = "language"
    path = ""

    def options(self):
        return plainly((language, language) for language in values_of(Article, "language"))

    def narrow(self, rows, value):
        return rows.filter(**{f"{self.path}language": value})


class CategoryChoice(Choice):
    """By category, with all that is below it."""

    title = _("category")
    parameter_name = "category"
    path = ""

    def options(self):
        self.tree = category_tree()
        return [(category.pk, "\u2003" * depth + category.name, "") for category, depth in self.tree]

    def label(self):
        return (super().label() or "").strip() or None

    def narrow(self, rows, value):
        below = {int(value)}
        for category, _depth in self.tree:
            if category.parent_id in below:
                below.add(category.pk)
        return rows.filter(**{f"{self.path}category__in": below})


class LanguageOfArticle(LanguageChoice):
    path = "article__"


class CategoryOfArticle(CategoryChoice):
    path = "article__"
