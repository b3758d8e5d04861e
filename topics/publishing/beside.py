"""What stands beside articles whatever they say: legal notices, and the directory of a licensee."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, DateTimeField, F, Q, Value

from topics.content.languages import ranges
from topics.models import DirectoryPlace, Edition, Notice


def beside(language, category, *, reader):
    """What goes with every article of the language, and beside those of the category, for the reader.

    A notice in es goes with es-MX too. In the columns in which `shelf.around_article` reads its
    neighbours: the notices, a licensee's own with its id; and its directory.
    """
    none = Value(None, output_field=Edition._meta.get_field("id"))
    never = Value(None, output_field=DateTimeField())
    whose = Q(licensee=None)
    if reader.is_licensee:
        whose |= Q(licensee=reader.licensee_id)
    notices = Notice.objects.filter(whose, language__in=ranges(language), in_force_from__isnull=False)
    yield notices.order_by().values_list(
        Value("notice", output_field=CharField()),
        F("kind"),
        F("language"),
        F("text"),
        F("in_force_from"),
        never,
        F("licensee_id"),
        F("id"),
    )
    if reader.is_licensee:
        places = DirectoryPlace.objects.filter(licensee=reader.licensee_id, category=category)
        yield places.order_by().values_list(
            F("entry__kind"),
            F("entry__name"),
            Value("", output_field=CharField()),
            F("entry__shown"),
            never,
            never,
            none,
            F("entry_id"),
        )


@dataclass(frozen=True, order=True)
class Begun:
    """A notice that has begun. Of a kind the greatest is shown: a region's own tag is the longer one."""

    is_own: bool
    tag_length: int
    begun_at: datetime
    text: str


def notices_to_show(begun):
    """Of each kind the licensee's own, unless that gave its place back, and else the general one.

    Of several it is the one of the narrowest language, and of those the newest. `begun` is a mapping
    of kinds to lists of `Begun`.
    """
    found = []
    for kind, notices in sorted(begun.items()):
        own = max((notice for notice in notices if notice.is_own), default=None)
        general = max((notice for notice in notices if not notice.is_own), default=None)
        chosen = own if own and own.text else general
        if chosen:
            found.append({"kind": kind, "text": chosen.text, "in_force_from": chosen.begun_at})
    return found
