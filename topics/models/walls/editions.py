"""Walls around editions: signed content only, one at a time, and only the end may still move."""

from topics.content.canonical import canonical
from topics.content.document import SIGNED_FIELDS
from topics.models.walls.dialect import OVERLAP
from topics.models.walls.versions import IS_FULLY_SIGNED, ITS_POLICY, credited
from topics.models.walls.wall import Wall, append_only, changed, head_entry, never_cleared, never_deleted
from topics.vocabulary import WRONG

FIXED = (
    *("id", "article_id", "version_id", "number", "starts_at", "expires_at"),
    *("document", "digest", "record", "title", "summary", "language", "audience", "category_id"),
    *("change_kind", "first_published", "modified", "last_reviewed"),
    *("review_warning_on", "next_review_due", "released_by_id", "released_at", "release_entry_id"),
)
WRONG_KINDS = ", ".join(f"'{kind.value}'" for kind in WRONG)
ENDS = "NEW.ends_at IS DISTINCT FROM OLD.ends_at"
WRITERS = (
    "(SELECT v.created_by_id AS user_id FROM topics_version v WHERE v.id = NEW.version_id "
    "UNION SELECT c.user_id FROM topics_contribution c WHERE c.version_id = NEW.version_id)"
)

# The edition that a release follows; ended by that release it may be left with an empty interval.
BASE = (
    "(SELECT o.{column} FROM topics_edition o WHERE o.article_id = NEW.article_id "
    "AND (o.ends_at IS NULL OR o.ends_at > o.starts_at OR o.end_entry_id = NEW.release_entry_id) "
    "ORDER BY o.number DESC LIMIT 1)"
)
# What each act may do to the end of an edition. An act that is complete can end nothing more.
BY_RELEASE = (
    "e.act = 'release' AND NEW.withdrawal_id IS NOT DISTINCT FROM OLD.withdrawal_id "
    "AND NOT EXISTS (SELECT 1 FROM topics_edition n WHERE n.release_entry_id = e.number)"
)
BY_WITHDRAWAL = (
    "e.act = 'withdraw' AND EXISTS (SELECT 1 FROM topics_withdrawal w WHERE w.id = NEW.withdrawal_id "
    "AND w.edition_id = NEW.id AND w.entry_id = e.number AND w.effective_at = NEW.ends_at)"
)
BY_CANCELLING = (
    "e.act IN ('cancel_release', 'withdraw') AND NEW.withdrawal_id IS NULL "
    "AND NEW.ends_at = NEW.starts_at AND NEW.starts_at > e.at"
)
BY_CANCELLING_THE_NEXT = (
    "e.act = 'cancel_release' AND NEW.withdrawal_id IS NULL "
    "AND NEW.ends_at IS NOT DISTINCT FROM NEW.expires_at"
)

# What `publishing.record.build_record` writes, rebuilt from the rows as canonical JSON. A minor change
# keeps the reviews of its base and adds its own.
REVIEW = (
    """'{"credentials":' || @json(s.printed_credentials) || ',"digest":' || @json(s.digest)"""
    """ || ',"disclosure":' || @json(s.disclosure) || ',"meaning":' || @json(s.meaning)"""
    """ || ',"name":' || @json(s.printed_name) || ',"role":' || @json(s.role)"""
    """ || ',"signed_at":"' || @stamp(s.signed_at) || '","specialty":' || @json(s.printed_specialty)"""
    """ || ',"statement":' || @json(s.statement) || ',"version":' || v.number || '}'"""
)
REVIEWS = (
    f"(SELECT @join(q.said) FROM (SELECT {REVIEW} AS said FROM topics_signoff s "
    "JOIN topics_requirement r ON r.id = s.requirement_id "
    "WHERE s.version_id = v.id ORDER BY r.position) q)"
)
KEPT = (
    "(SELECT substr(k.said, 2, length(k.said) - 2) FROM (SELECT @part(o.record, 'reviews') AS said "
    "FROM topics_edition o WHERE o.article_id = NEW.article_id AND o.id <> NEW.id "
    "AND (o.ends_at IS NULL OR o.ends_at > o.starts_at OR o.end_entry_id = NEW.release_entry_id) "
    "ORDER BY o.number DESC LIMIT 1) k)"
)
RECORD = (
    """'{"category":{"name":' || @json(c.name) || ',"slug":' || @json(c.slug)"""
    """ || '},"change_kind":' || @json(v.change_kind) || ',"change_note":' || @json(v.change_note)"""
    """ || ',"digest":' || @json(NEW.digest) || ',"edition":' || NEW.number"""
    """ || ',"first_published":"' || @stamp(NEW.first_published)"""
    """ || '","last_reviewed":"' || CAST(NEW.last_reviewed AS text)"""
    """ || '","modified":"' || @stamp(NEW.modified)"""
    """ || '","next_review_due":"' || CAST(NEW.next_review_due AS text)"""
    """ || '","published":"' || @text(NEW.record, 'published') || '","reviews":['"""
    f""" || CASE WHEN v.change_kind = 'minor' THEN {KEPT} || ',' ELSE '' END || {REVIEWS}"""
    f""" || '],"signed_fields":{canonical(list(SIGNED_FIELDS))},"slug":' || @json(a.slug)"""
    """ || ',"version":' || v.number || '}'"""
)


def edition(name, refuse_when, message, **more):
    return Wall(name, "topics_edition", "INSERT", refuse_when, message, **more)


# On PostgreSQL an exclusion constraint keeps this rule instead (see dialect.py), and there is no
# OR REPLACE.
NO_OVERLAP = [
    never_cleared("article_clears_no_other_away", "topics_article"),
    never_cleared("notice_clears_no_other_away", "topics_notice"),
    *(
        Wall(
            OVERLAP if event == "INSERT" else f"{OVERLAP}_on_update",
            "topics_edition",
            event,
            "(NEW.ends_at IS NULL OR NEW.ends_at > NEW.starts_at) AND EXISTS ("
            "SELECT 1 FROM topics_edition o WHERE o.article_id = NEW.article_id AND o.id <> NEW.id "
            "AND (o.ends_at IS NULL OR o.ends_at > o.starts_at) "
            "AND (o.ends_at IS NULL OR o.ends_at > NEW.starts_at) "
            "AND (NEW.ends_at IS NULL OR o.starts_at < NEW.ends_at))",
            "two editions of an article are never in force at once",
            timing="AFTER",
        )
        for event in ("INSERT", "UPDATE")
    ),
]

EDITIONS = [
    *never_deleted("topics_edition", "editions"),
    edition(
        "edition_serves_what_was_signed",
        "NEW.digest <> 'sha-256:' || @sha256(NEW.document) OR NOT EXISTS ("
        "SELECT 1 FROM topics_version v WHERE v.id = NEW.version_id "
        "AND v.article_id = NEW.article_id AND v.state IN ('approved', 'released') "
        "AND v.document = NEW.document AND v.digest = NEW.digest "
        "AND v.change_kind = NEW.change_kind) "
        "OR @text(NEW.document, 'title') IS DISTINCT FROM NEW.title "
        "OR @text(NEW.document, 'summary') IS DISTINCT FROM NEW.summary "
        "OR @text(NEW.document, 'audience') IS DISTINCT FROM NEW.audience",
        "an edition holds the approved document of its version, byte for byte",
    ),
    # These two are asked last, of the row as it was written.
    edition(
        "edition_record_adds_nothing_signed",
        "@text(NEW.record, 'published') NOT LIKE '____-__-__T__:__:__%Z' "
        "OR length(@text(NEW.record, 'published')) > 27 "
        f"OR NEW.record IS DISTINCT FROM (SELECT {RECORD} FROM topics_version v "
        "JOIN topics_article a ON a.id = v.article_id JOIN topics_category c ON c.id = NEW.category_id "
        "WHERE v.id = NEW.version_id)",
        "a record says what its version and its sign-offs say, and adds no clinical text",
        timing="AFTER",
    ),
    edition(
        "review_dates_follow_the_policy",
        "NOT EXISTS (SELECT 1 FROM topics_version v JOIN topics_reviewpolicy p ON p.id = v.policy_id "
        "WHERE v.id = NEW.version_id "
        "AND NEW.next_review_due = @months(NEW.last_reviewed, p.interval_months) "
        "AND NEW.review_warning_on = CASE "
        "WHEN @days(NEW.next_review_due, -p.warning_days) > NEW.last_reviewed "
        "THEN @days(NEW.next_review_due, -p.warning_days) ELSE NEW.last_reviewed END "
        "AND NEW.expires_at IS NOT DISTINCT FROM CASE WHEN p.when_overdue = 'withhold' "
        "THEN @midnight(NEW.next_review_due, p.grace_days) END)",
        "a review is due, warned of and withheld when the policy says",
        timing="AFTER",
    ),
    edition(
        "edition_is_fully_signed",
        "NOT " + IS_FULLY_SIGNED.format(version="NEW.version_id", digest="NEW.digest"),
        "every role must have signed this digest",
    ),
    edition(
        "edition_is_released_under_its_policy",
        "EXISTS (SELECT 1 FROM topics_version v WHERE v.id = NEW.version_id "
        f"AND (v.policy_id IS DISTINCT FROM {ITS_POLICY} "
        "OR (v.change_kind <> 'minor' AND EXISTS (SELECT 1 FROM topics_policyrole p "
        "WHERE p.policy_id = v.policy_id AND NOT EXISTS (SELECT 1 FROM topics_requirement r "
        "WHERE r.version_id = v.id AND r.role = p.role)))))",
        "every role that the review policy asks for today must have signed",
    ),
    edition(
        "edition_is_filed_with_its_article",
        "@text(NEW.document, 'language') IS DISTINCT FROM NEW.language OR NOT EXISTS ("
        "SELECT 1 FROM topics_article a WHERE a.id = NEW.article_id "
        "AND a.language = NEW.language AND a.category_id = NEW.category_id)",
        "an edition has the language and the category of its article",
    ),
    edition(
        "edition_is_newer_than_those_before",
        "EXISTS (SELECT 1 FROM topics_edition o JOIN topics_version w ON w.id = o.version_id "
        "JOIN topics_version v ON v.id = NEW.version_id WHERE o.article_id = NEW.article_id "
        "AND (w.number > v.number OR (w.id = v.id AND "
        "(o.ends_at IS NULL OR o.ends_at > o.starts_at))))",
        "a version is released once, and not after a newer one",
    ),
    edition(
        "last_reviewed_is_the_last_full_review",
        "NEW.last_reviewed IS DISTINCT FROM (CASE WHEN NEW.change_kind = 'minor' "
        f"THEN {BASE.format(column='last_reviewed')} ELSE (SELECT max(@day(s.signed_at)) "
        "FROM topics_signoff s WHERE s.version_id = NEW.version_id) END) "
        "OR @text(NEW.record, 'last_reviewed') IS DISTINCT FROM CAST(NEW.last_reviewed AS text) "
        "OR @text(NEW.record, 'next_review_due') IS DISTINCT FROM CAST(NEW.next_review_due AS text)",
        "only a review of the whole article moves its date",
    ),
    edition(
        "edition_signers_hold_valid_credentials",
        "EXISTS (SELECT 1 FROM topics_signoff s WHERE s.version_id = NEW.version_id "
        "AND NOT EXISTS (SELECT 1 FROM topics_credential c WHERE c.reviewer_id = s.reviewer_id "
        "AND c.valid_from <= @day(NEW.starts_at) AND c.expires_on >= @day(NEW.starts_at)))",
        "who signed holds a valid credential on the day that it starts",
    ),
    edition(
        "edition_signers_are_not_credited",
        "EXISTS (SELECT 1 FROM topics_signoff s JOIN topics_version v ON v.id = s.version_id "
        "LEFT JOIN topics_edition m ON m.id = v.made_from_id WHERE s.version_id = NEW.version_id "
        f"AND ({credited('v.id', 's.user_id')} OR {credited('m.version_id', 's.user_id')}))",
        "nobody who signed is credited with the text, or with what it was translated from",
    ),
    edition(
        "releaser_is_not_the_only_author",
        f"NOT EXISTS (SELECT 1 FROM {WRITERS} w WHERE w.user_id <> NEW.released_by_id)",
        "somebody else than the only author releases",
    ),
    edition(
        "edition_has_its_audit_entry",
        "NOT "
        + head_entry(
            "e.number = NEW.release_entry_id AND e.act = 'release' "
            "AND e.version_id = NEW.version_id AND e.actor_id = NEW.released_by_id "
            "AND e.at = NEW.released_at"
        ),
        "an edition is released through the door, which writes the ledger first",
    ),
    edition(
        "recalled_content_stays_recalled",
        "EXISTS (SELECT 1 FROM topics_edition o JOIN topics_withdrawal w ON w.edition_id = o.id "
        "WHERE o.article_id = NEW.article_id AND w.kind = 'safety_recall' "
        "AND o.digest = NEW.digest)",
        "content that was recalled for safety can't be released again",
    ),
    edition(
        "minor_change_brings_back_nothing_wrong",
        "NEW.change_kind = 'minor' AND EXISTS (SELECT 1 FROM topics_withdrawal w "
        f"WHERE w.edition_id = {BASE.format(column='id')} AND w.kind IN ({WRONG_KINDS}))",
        "what was recalled or withdrawn for an error comes back only when every role signs it",
    ),
    edition(
        "edition_begins_unwithdrawn",
        "NEW.withdrawal_id IS NOT NULL OR NEW.ends_at IS DISTINCT FROM NEW.expires_at",
        "an edition begins without an end other than its planned expiry",
    ),
    Wall(
        "edition_is_frozen",
        "topics_edition",
        "UPDATE",
        changed(*FIXED),
        "only the end of an edition may change",
    ),
    Wall(
        "edition_end_has_its_audit_entry",
        "topics_edition",
        "UPDATE",
        f"({ENDS} OR {changed('end_entry_id', 'withdrawal_id')}) AND NOT "
        + head_entry(
            "e.number = NEW.end_entry_id AND NEW.end_entry_id IS DISTINCT FROM OLD.end_entry_id "
            f"AND e.article_id = NEW.article_id AND (({BY_RELEASE}) OR ({BY_WITHDRAWAL}) "
            f"OR ({BY_CANCELLING}) OR ({BY_CANCELLING_THE_NEXT}))"
        ),
        "an edition is ended through the door, which writes the ledger first",
    ),
    Wall(
        "edition_end_never_rewrites_the_past",
        "topics_edition",
        "UPDATE",
        f"{ENDS} AND EXISTS (SELECT 1 FROM topics_auditentry e "
        "WHERE e.number = (SELECT max(number) FROM topics_auditentry) "
        "AND (OLD.ends_at <= e.at OR NEW.ends_at < e.at))",
        "what was public stays on record: an end can't be set in the past or moved out of it",
    ),
    # A cancelled successor gives its predecessor back the end that it had before.
    Wall(
        "edition_end_only_moves_earlier",
        "topics_edition",
        "UPDATE",
        f"{ENDS} AND OLD.ends_at IS NOT NULL "
        "AND (NEW.ends_at IS NULL OR NEW.ends_at > OLD.ends_at) "
        "AND NOT (NEW.ends_at IS NOT DISTINCT FROM NEW.expires_at "
        "AND NEW.withdrawal_id IS NULL AND EXISTS (SELECT 1 FROM topics_edition n "
        "WHERE n.article_id = NEW.article_id AND n.starts_at = OLD.ends_at "
        "AND n.ends_at = n.starts_at AND n.end_entry_id = NEW.end_entry_id))",
        "the end of an edition can only be set or moved earlier",
    ),
    *append_only("topics_withdrawal", "withdrawals"),
    Wall(
        "withdrawal_has_its_audit_entry",
        "topics_withdrawal",
        "INSERT",
        "NOT "
        + head_entry(
            "e.number = NEW.entry_id AND e.act = 'withdraw' AND e.at = NEW.withdrawn_at "
            "AND e.actor_id = NEW.withdrawn_by_id AND NEW.effective_at >= e.at AND e.version_id = "
            "(SELECT o.version_id FROM topics_edition o WHERE o.id = NEW.edition_id) "
            "AND NOT EXISTS (SELECT 1 FROM topics_withdrawal w WHERE w.entry_id = e.number)"
        ),
        "an edition is withdrawn through the door, which writes the ledger first",
    ),
]
