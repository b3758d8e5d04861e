"""Walls around translations: made from an edition that was public, signed by who reads them."""

from topics.models.walls.versions import SUBMITS, credited
from topics.models.walls.wall import Wall, changed

IS_OF_ITS_SOURCE = (
    "EXISTS (SELECT 1 FROM topics_edition e JOIN topics_article a ON a.translation_of_id = e.article_id "
    "WHERE e.id = NEW.made_from_id AND a.id = NEW.article_id "
    "AND (e.ends_at IS NULL OR e.ends_at > e.starts_at){more})"
)
# A moment of writing may be claimed; that of a submission is on the ledger.
STARTED = " AND e.starts_at <= NEW.state_since"
READS = "(a.language = l.language OR substr(a.language, 1, length(l.language) + 1) = l.language || '-')"

TRANSLATIONS = [
    *(
        Wall(
            f"translation_is_made_from_its_source_{event.lower()}",
            "topics_version",
            event,
            f"{condition} AND NOT {IS_OF_ITS_SOURCE.format(more='')}",
            "a version is made from an edition of the article that it translates",
        )
        for event, condition in (
            ("INSERT", "NEW.made_from_id IS NOT NULL"),
            ("UPDATE", f"NEW.made_from_id IS NOT NULL AND {changed('made_from_id')}"),
        )
    ),
    Wall(
        "submitted_translation_names_its_edition",
        "topics_version",
        "UPDATE",
        f"{SUBMITS} AND EXISTS (SELECT 1 FROM topics_article a WHERE a.id = NEW.article_id "
        f"AND a.translation_of_id IS NOT NULL) AND NOT {IS_OF_ITS_SOURCE.format(more=STARTED)}",
        "a translation is submitted with the edition of its source that it was made from",
    ),
    Wall(
        "translation_keeps_its_source",
        "topics_article",
        "UPDATE",
        f"{changed('translation_of_id')} AND EXISTS (SELECT 1 FROM topics_version v "
        "WHERE v.article_id = OLD.id AND v.made_from_id IS NOT NULL)",
        "an article stays the translation of what it was made from",
    ),
    Wall(
        "translation_of_recalled_content_stays_back",
        "topics_edition",
        "INSERT",
        "EXISTS (SELECT 1 FROM topics_version v "
        "JOIN topics_edition m ON m.id = v.made_from_id "
        "JOIN topics_edition o ON o.article_id = m.article_id AND o.digest = m.digest "
        "JOIN topics_withdrawal w ON w.edition_id = o.id "
        "WHERE v.id = NEW.version_id AND w.kind = 'safety_recall')",
        "what was made from content that was recalled for safety can't be released",
    ),
    Wall(
        "signer_reads_the_language",
        "topics_signoff",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM topics_version v JOIN topics_article a ON a.id = v.article_id "
        "JOIN topics_reviewerlanguage l ON l.reviewer_id = NEW.reviewer_id "
        f"WHERE v.id = NEW.version_id AND {READS})",
        "the signer's languages include that of the article",
    ),
    Wall(
        "signer_did_not_write_the_source",
        "topics_signoff",
        "INSERT",
        "EXISTS (SELECT 1 FROM topics_version t JOIN topics_edition e ON e.id = t.made_from_id "
        "JOIN topics_version v ON v.id = e.version_id WHERE t.id = NEW.version_id "
        "AND (v.created_by_id = NEW.user_id OR EXISTS (SELECT 1 FROM topics_contribution c "
        f"WHERE c.version_id = v.id AND c.user_id = NEW.user_id) OR {credited('v.id', 'NEW.user_id')}))",
        "nobody signs the translation of what they wrote, edited or are credited with",
    ),
]
