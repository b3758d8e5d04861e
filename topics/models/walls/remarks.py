"""Walls around remarks: said through the door, on an open version, in their thread, and kept."""

from topics.models.walls.wall import Wall, append_only, head_entry

OPEN = "IN ('draft', 'editorial_review', 'medical_review', 'approved')"
BEGAN = "(SELECT t.entry_id FROM topics_remark t WHERE t.id = NEW.thread_id)"


def remark(name, refuse_when, message):
    return Wall(name, "topics_remark", "INSERT", refuse_when, message)


REMARKS = [
    *append_only("topics_remark", "remarks"),
    remark(
        "remark_is_on_an_open_version",
        f"(SELECT v.state FROM topics_version v WHERE v.id = NEW.version_id @share) NOT {OPEN}",
        "what was said of a returned or released version stays as it is",
    ),
    remark(
        "remark_belongs_to_its_thread",
        "NEW.thread_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM topics_remark t "
        "JOIN topics_version o ON o.id = t.version_id JOIN topics_version v ON v.id = NEW.version_id "
        "WHERE t.id = NEW.thread_id AND t.thread_id IS NULL "
        "AND o.article_id = v.article_id AND o.number <= v.number)",
        "a thread goes on where it began: on the same version of the same article, or a later one",
    ),
    remark(
        "remark_has_its_audit_entry",
        "NOT "
        + head_entry(
            "e.number = NEW.entry_id AND e.act = NEW.kind AND e.version_id = NEW.version_id "
            "AND e.actor_id = NEW.said_by_id AND e.at = NEW.said_at "
            "AND @text(e.detail, 'text_digest') = 'sha-256:' || @sha256(NEW.text) "
            "AND @text(e.detail, 'part') = NEW.part AND @text(e.detail, 'section') = NEW.section "
            "AND @text(e.detail, 'quote') = NEW.quote "
            f"AND @text(e.detail, 'thread') = COALESCE(CAST({BEGAN} AS text), '')"
        ),
        "a remark is made through the door, which writes the ledger first",
    ),
]
