"""The places of the admin beside every page: by role, in the order in which people look for them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Page:
    """A page that is no list of a model: its address by name, and who may open it.

    `within` are the beginnings of other addresses, below the admin's root, that belong to this place.
    """

    name: str
    label: str
    permission: str = ""
    within: tuple = ()


@dataclass(frozen=True)
class Model:
    """The list of a model, for whoever Django lets look at it."""

    name: str
    within: tuple = ()


PLACES = (
    (
        *("", ""),
        (
            Page("index", _("My work")),
            Page("calendar", _("Calendar"), permission="topics.view_requirement"),
        ),
    ),
    (
        "writing",
        _("Writing"),
        (
            Model("Article", within=("desk/articles/",)),
            Model("Version", within=("desk/versions/", "desk/assign/")),
            Page("periodic_review", _("Periodic review"), "topics.send_version"),
            Page("translations", _("Translations"), "topics.view_requirement", ("desk/translations/",)),
            Model("Author"),
        ),
    ),
    (
        "publishing",
        _("Publishing"),
        (
            Model("Edition", within=("desk/editions/",)),
            Page("release_together", _("Release together"), "topics.release_version"),
            Model("Notice"),
        ),
    ),
    (
        "licensees",
        _("Licensees"),
        (Model("Licensee", within=("desk/licensees/",)), Model("DirectoryEntry")),
    ),
    ("people", _("People"), (Model("User"), Model("Reviewer"), Model("Specialty"))),
    ("rules", _("Rules"), (Model("Category"), Model("ReviewPolicy"))),
    ("record", _("Record"), (Model("AuditEntry"),)),
)
"""Every place with its group. A new page of the admin gets its line here."""


def navigation(request, site, models):
    """The groups of `PLACES` that this person may open, the present place marked.

    `models` are Django's, by object name: those on which the person has a permission.
    """
    root = reverse("admin:index", current_app=site.name)
    groups = []
    for name, label, places in PLACES:
        found = [
            entry for place in places if (entry := entry_of(place, request.user, models, root=root))
        ]
        if found:
            groups.append({"name": name, "label": label, "places": found})
    mark_present(request.path, [entry for group in groups for entry in group["places"]])
    return groups


def entry_of(place, user, models, *, root):
    """What a place shows, or None where the person may not open it."""
    if isinstance(place, Model):
        model = models.get(place.name)
        if not (model and model.get("admin_url")):
            return None
        label, url = model["name"], model["admin_url"]
    elif place.permission and not user.has_perm(place.permission):
        return None
    else:
        label, url = place.label, reverse(f"admin:{place.name}")
    label = str(label)
    return {
        "label": label[:1].upper() + label[1:],
        "url": url,
        "within": [f"{root}{prefix}" for prefix in place.within],
        "is_root": url == root,
    }


def mark_present(path, entries):
    """Marks the place whose address the page's begins with; the longest such address wins."""
    best, length = None, 0
    for entry in entries:
        if entry["is_root"]:
            fits = [entry["url"]] if path == entry["url"] else []
        else:
            fits = [start for start in (entry["url"], *entry["within"]) if path.startswith(start)]
        longest = max(map(len, fits), default=0)
        if longest > length:
            best, length = entry, longest
    if best:
        best["current"] = "page" if path == best["url"] else "true"
