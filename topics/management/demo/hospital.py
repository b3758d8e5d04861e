"""The demo's licensee: a hospital with a licence for part of the library, notices and a directory."""

from topics.management.demo.stage import read
from topics.models import Category, DirectoryEntry, Licensee, Notice, Specialty
from topics.publishing.api_keys import make_key
from topics.publishing.directory import place_directory
from topics.publishing.licences import give_licence
from topics.publishing.notices import put_in_force


def admit_hospital(stage, *, at):
    """Makes the licensee as of the instant, and returns it with its key, to be shown once."""
    data = read("hospital.json")
    administrator = stage.people["administrator"]
    hospital = Licensee.objects.create(**{key: data[key] for key in ("name", "site_names", "note")})
    give_licence(
        hospital,
        languages=data["languages"],
        categories=Category.objects.filter(slug__in=data["categories"]),
        terms=data["terms"],
        actor=administrator,
        at=at,
    )
    for notice in data["notices"]:
        put_in_force(Notice(**notice, licensee=hospital), actor=administrator, at=at)
    for listed in data["directory"]:
        kept = {key: listed[key] for key in listed if key not in ("categories", "specialties")}
        entry = DirectoryEntry.objects.create(licensee=hospital, **kept)
        entry.categories.set(Category.objects.filter(slug__in=listed["categories"]))
        entry.specialties.set(Specialty.objects.filter(name__in=listed["specialties"]))
    place_directory()
    return hospital, make_key(hospital, label="Website", days=365, actor=administrator, at=at)[1]
