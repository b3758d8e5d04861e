"""Walls around two trees: translations hang on originals only, and categories never form a loop."""

from topics.models.walls.wall import Wall, changed

# Locking the original makes a writer wait for one who is about to make a translation of it.
ORIGINAL = (
    "EXISTS (SELECT 1 FROM topics_article a WHERE a.id = NEW.translation_of_id "
    "AND a.translation_of_id IS NULL AND a.language <> NEW.language @share)"
)
STRAY = (
    f"(NEW.translation_of_id <> NEW.id AND NOT {ORIGINAL}) OR EXISTS (SELECT 1 FROM topics_article t "
    "WHERE t.translation_of_id = NEW.id AND t.id <> NEW.id "
    "AND (NEW.translation_of_id IS NOT NULL OR t.language = NEW.language))"
)
LOOPS = """
    NEW.parent_id <> NEW.id AND EXISTS (
        WITH RECURSIVE up (id, parent_id) AS (
            SELECT c.id, c.parent_id FROM topics_category c WHERE c.id = NEW.parent_id
            UNION
            SELECT c.id, c.parent_id FROM topics_category c JOIN up ON c.id = up.parent_id
        ) SELECT 1 FROM up WHERE up.parent_id = NEW.id)
"""

TREES = [
    *(
        Wall(
            f"translation_is_of_an_original_{event.lower()}",
            "topics_article",
            event,
            condition,
            "a translation is of an original, and in another language",
        )
        for event, condition in (
            ("INSERT", STRAY),
            ("UPDATE", f"{changed('translation_of_id', 'language')} AND ({STRAY})"),
        )
    ),
    # A parent may be named before it is there, so that an insert can close a loop as well.
    *(
        Wall(
            f"category_tree_has_no_loop_{event.lower()}",
            "topics_category",
            event,
            condition,
            "a category can't be below itself",
        )
        for event, condition in (
            ("INSERT", LOOPS),
            ("UPDATE", f"{changed('parent_id')} AND {LOOPS}"),
        )
    ),
]
