"""Walls around marks: written with their edition, by the act that releases it, and of what it says."""

from topics.models.walls.wall import Wall, append_only, head_entry

SAID_BY_THE_RECORD = "replace(o.record, @json(NEW.label), '') <> o.record"
SAID_BY_THE_DOCUMENT = "replace(o.document, @json(NEW.label), '') <> o.document"

MARKS = [
    *append_only("topics_editionmark", "marks"),
    Wall(
        "mark_says_what_its_edition_says",
        "topics_editionmark",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM topics_edition o WHERE o.id = NEW.edition_id AND "
        f"CASE WHEN NEW.kind IN ('reviewer', 'specialty') THEN {SAID_BY_THE_RECORD} "
        f"ELSE {SAID_BY_THE_DOCUMENT} END)",
        "an edition is only filed under what it says",
    ),
    Wall(
        "marks_are_written_with_their_edition",
        "topics_editionmark",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM topics_edition o WHERE o.id = NEW.edition_id AND "
        + head_entry("e.number = o.release_entry_id")
        + ")",
        "an edition is filed by the act that releases it",
    ),
]
