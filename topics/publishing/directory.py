"""Placing a directory: beside which categories each entry stands, written down to be read quickly."""

from django.db import transaction

from topics.content.canonical import canonical
from topics.models import Category, DirectoryEntry, DirectoryPlace


@transaction.atomic
def place_directory(entries=None):
    """Writes what the entries show and where they stand, as far as it changed: of these, or of all."""
    entries = DirectoryEntry.objects.all() if entries is None else entries
    ancestors, specialties = tree()
    standing = {}
    for pk, *place in DirectoryPlace.objects.filter(entry__in=entries).values_list(
        "pk", "entry_id", "category_id"
    ):
        standing[tuple(place)] = pk
    renewed, wanted = [], {}
    for entry in entries.prefetch_related("categories", "specialties"):
        shown = canonical(told(entry))
        if entry.shown != shown:
            entry.shown = shown
            renewed.append(entry)
        if not entry.is_listed:
            continue
        chosen = {category.pk for category in entry.categories.all()}
        fields = {specialty.pk for specialty in entry.specialties.all()}
        for category_id, above in ancestors.items():
            if chosen & above or specialties[category_id] in fields:
                wanted[entry.pk, category_id] = entry.licensee_id
    DirectoryEntry.objects.bulk_update(renewed, ["shown"], batch_size=200)
    gone = [pk for place, pk in standing.items() if place not in wanted]
    for start in range(0, len(gone), 500):
        DirectoryPlace.objects.filter(pk__in=gone[start : start + 500]).delete()
    DirectoryPlace.objects.bulk_create(
        DirectoryPlace(entry_id=entry_id, category_id=category_id, licensee_id=licensee_id)
        for (entry_id, category_id), licensee_id in wanted.items()
        if (entry_id, category_id) not in standing
    )


def tree():
    """Two maps by the id of a category: itself with all above it, and the specialty that holds there."""
    parents, own = {}, {}
    for category_id, parent_id, specialty_id in Category.objects.values_list(
        "pk", "parent_id", "specialty_id"
    ):
        parents[category_id], own[category_id] = parent_id, specialty_id
    ancestors, specialties = {}, {}
    for category_id in parents:
        above, here = [], category_id
        while here is not None and here not in above:
            above.append(here)
            here = parents.get(here)
        ancestors[category_id] = set(above)
        specialties[category_id] = next((own[one] for one in above if own[one]), None)
    return ancestors, specialties


def told(entry):
    """What consumers get of an entry."""
    return {
        "name": entry.name,
        "credentials": entry.credentials,
        "description": entry.description,
        "url": entry.url,
        "telephone": entry.telephone,
        "specialties": sorted(specialty.name for specialty in entry.specialties.all()),
    }
