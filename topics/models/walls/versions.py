"""Walls around articles and versions: born as drafts, frozen when submitted, moved by the door."""

from topics.models.walls.wall import Wall, changed, head_entry, never_deleted

LEGAL_PAIRS = (
    ("draft", "editorial_review"),
    ("editorial_review", "medical_review"),
    ("editorial_review", "returned"),
    ("medical_review", "approved"),
    ("medical_review", "returned"),
    ("approved", "returned"),
    ("approved", "released"),
)
CONTENT = (
    *("title", "also_called", "audience", "summary", "body"),
    *("change_kind", "change_note", "internal_note", "made_from_id", "caught_up"),
)
IDENTITY = ("id", "article_id", "number", "based_on_id", "created_by_id", "created_at")
FROZEN = (
    *CONTENT,
    *IDENTITY,
    *("edited_by_id", "edited_at", "revision", "submitted_by_id", "submitted_at"),
    *("policy_id", "document", "digest"),
)

pairs = ", ".join(f"'{before}>{after}'" for before, after in LEGAL_PAIRS)
MOVES = "NEW.state IS DISTINCT FROM OLD.state"
SUBMITS = f"OLD.state = 'draft' AND {MOVES}"


def credited(version, user):
    """SQL: the account is, or was as the version was submitted, that of an author credited with it."""
    return (
        "EXISTS (SELECT 1 FROM topics_versionauthor w JOIN topics_author p ON p.id = w.author_id "
        f"WHERE w.version_id = {version} AND {user} IN (w.user_id, p.user_id))"
    )


def inherited(column):
    """SQL: what the category of the article states, or else the nearest ancestor that states it."""
    return f"""
    (WITH RECURSIVE up (parent_id, stated) AS (
        SELECT c.parent_id, c.{column} FROM topics_category c
        JOIN topics_article a ON a.category_id = c.id WHERE a.id = NEW.article_id
        UNION
        SELECT c.parent_id, c.{column} FROM topics_category c
        JOIN up ON c.id = up.parent_id WHERE up.stated IS NULL
    ) SELECT stated FROM up WHERE stated IS NOT NULL)
"""


ITS_POLICY = inherited("policy_id")
MEANING = (
    "CASE NEW.change_kind WHEN 'minor' THEN 'not_clinical' "
    "WHEN 'periodic_review' THEN 'still_current' ELSE 'accurate' END"
)
MAY_SIGN = f"""
    EXISTS (SELECT 1 FROM topics_policyrole p
        LEFT JOIN topics_policyrole_specialties s ON s.policyrole_id = p.id
        WHERE p.policy_id = NEW.policy_id AND p.role = r.role AND (s.specialty_id = q.specialty_id
        OR (p.own_specialty AND q.specialty_id = {inherited("specialty_id")})))
"""
IS_FULLY_SIGNED = """
    (EXISTS (SELECT 1 FROM topics_requirement r WHERE r.version_id = {version})
     AND NOT EXISTS (
        SELECT 1 FROM topics_requirement r WHERE r.version_id = {version} AND NOT EXISTS (
            SELECT 1 FROM topics_signoff s
            WHERE s.requirement_id = r.id AND s.version_id = r.version_id AND s.digest = {digest})))
"""

ARTICLES = [
    *never_deleted("topics_article", "articles"),
    Wall(
        "category_stays_during_review",
        "topics_article",
        "UPDATE",
        f"{changed('category_id')} AND EXISTS (SELECT 1 FROM topics_version v WHERE "
        "v.article_id = OLD.id AND v.state IN ('editorial_review', 'medical_review', 'approved'))",
        "an article stays in its category, and under its policy, while a version is in review",
    ),
    Wall(
        "article_identity_is_stable",
        "topics_article",
        "UPDATE",
        f"{changed('id', 'public_id', 'created_by_id', 'created_at')} OR "
        f"({changed('slug', 'translation_of_id')} AND EXISTS "
        "(SELECT 1 FROM topics_edition e WHERE e.article_id = OLD.id)) OR "
        f"({changed('language')} AND EXISTS "
        "(SELECT 1 FROM topics_version v WHERE v.article_id = OLD.id AND v.state <> 'draft'))",
        "the public id never changes; slug and source not after a release, the language not "
        "after a submission",
    ),
]

VERSIONS = [
    *never_deleted("topics_version", "versions"),
    Wall(
        "version_begins_as_a_draft",
        "topics_version",
        "INSERT",
        "NEW.state <> 'draft' OR NEW.document <> '' OR NEW.digest <> '' "
        "OR NEW.edited_by_id <> NEW.created_by_id",
        "a version is inserted as a draft of the one who creates it",
    ),
    Wall(
        "submitted_version_is_frozen",
        "topics_version",
        "UPDATE",
        f"OLD.state <> 'draft' AND {changed(*FROZEN)}",
        "a version does not change after it was submitted",
    ),
    Wall(
        "draft_edit_names_its_editor",
        "topics_version",
        "UPDATE",
        f"OLD.state = 'draft' AND (({changed(*IDENTITY)}) OR ({changed(*CONTENT)} AND ("
        "NEW.revision <> OLD.revision + 1 OR NOT EXISTS (SELECT 1 FROM topics_contribution c "
        "WHERE c.version_id = NEW.id AND c.user_id = NEW.edited_by_id))))",
        "a draft is edited through the door, which notes who wrote",
    ),
    Wall(
        "state_moves_are_legal",
        "topics_version",
        "UPDATE",
        f"{MOVES} AND (OLD.state || '>' || NEW.state) NOT IN ({pairs})",
        "there is no such step in the life of a version",
    ),
    Wall(
        "state_moves_with_its_audit_entry",
        "topics_version",
        "UPDATE",
        f"{MOVES} AND NOT "
        + head_entry(
            "e.version_id = NEW.id AND e.from_state = OLD.state "
            "AND e.to_state = NEW.state AND e.at = NEW.state_since"
        ),
        "a state moves through the door, which writes the ledger first",
    ),
    Wall(
        "return_remarks_stay_as_given",
        "topics_version",
        "UPDATE",
        f"({changed('return_remarks')} AND (NEW.state <> 'returned' OR OLD.state = 'returned')) "
        f"OR ({changed('state_since')} AND NOT ({MOVES}))",
        "the day and the remarks of a step stay as they were given",
    ),
    Wall(
        "submitted_version_has_its_document",
        "topics_version",
        "UPDATE",
        f"{SUBMITS} AND (NEW.document = '' OR NEW.submitted_by_id IS NULL "
        "OR NEW.submitted_at IS NULL OR NEW.digest <> 'sha-256:' || @sha256(NEW.document) "
        "OR @text(NEW.document, 'title') IS DISTINCT FROM NEW.title "
        "OR @text(NEW.document, 'audience') IS DISTINCT FROM NEW.audience OR NOT EXISTS ("
        "SELECT 1 FROM topics_article a WHERE a.id = NEW.article_id "
        "AND a.language = @text(NEW.document, 'language') AND "
        "replace(CAST(a.public_id AS text), '-', '') = replace(@text(NEW.document, 'id'), '-', '')))",
        "a version is submitted with its document and that document's digest",
    ),
    Wall(
        "submitted_version_asks_for_its_policy",
        "topics_version",
        "UPDATE",
        f"{SUBMITS} AND (NEW.policy_id IS NULL OR NEW.policy_id IS DISTINCT FROM {ITS_POLICY} "
        "OR NOT EXISTS (SELECT 1 FROM topics_requirement r WHERE r.version_id = NEW.id) "
        "OR (NEW.change_kind <> 'minor' AND EXISTS (SELECT 1 FROM topics_policyrole p "
        "WHERE p.policy_id = NEW.policy_id AND NOT EXISTS (SELECT 1 FROM topics_requirement r "
        "WHERE r.version_id = NEW.id AND r.role = p.role))))",
        "a version asks for every role of its category's review policy",
    ),
    Wall(
        "required_sign_offs_are_as_the_policy_says",
        "topics_version",
        "UPDATE",
        f"{SUBMITS} AND EXISTS (SELECT 1 FROM topics_requirement r WHERE r.version_id = NEW.id "
        f"AND (r.meaning <> {MEANING} OR NOT EXISTS (SELECT 1 FROM topics_policyrole p "
        "WHERE p.policy_id = NEW.policy_id AND p.role = r.role) "
        "OR EXISTS (SELECT 1 FROM topics_requirement_specialties q "
        f"WHERE q.requirement_id = r.id AND NOT {MAY_SIGN})))",
        "a version asks for the roles, specialties and meaning that its review policy states",
    ),
    Wall(
        "writers_of_the_base_stay_writers",
        "topics_version",
        "UPDATE",
        f"{SUBMITS} AND EXISTS (SELECT 1 FROM topics_contribution b "
        "WHERE b.version_id = NEW.based_on_id AND NOT EXISTS (SELECT 1 FROM topics_contribution c "
        "WHERE c.version_id = NEW.id AND c.user_id = b.user_id))",
        "who wrote what a version continues counts as having written it",
    ),
    Wall(
        "submitted_version_keeps_the_accounts_of_its_authors",
        "topics_version",
        "UPDATE",
        f"{SUBMITS} AND EXISTS (SELECT 1 FROM topics_versionauthor w "
        "JOIN topics_author p ON p.id = w.author_id WHERE w.version_id = NEW.id "
        "AND p.user_id IS NOT NULL AND w.user_id IS DISTINCT FROM p.user_id)",
        "a version is submitted with the accounts that its authors have",
    ),
    Wall(
        "periodic_review_changes_nothing",
        "topics_version",
        "UPDATE",
        f"{SUBMITS} AND NEW.change_kind = 'periodic_review' AND NOT EXISTS ("
        "SELECT 1 FROM topics_edition e WHERE e.article_id = NEW.article_id "
        "AND e.version_id = NEW.based_on_id AND e.digest = NEW.digest)",
        "a periodic review signs the released content, unchanged",
    ),
    Wall(
        "approved_version_is_fully_signed",
        "topics_version",
        "UPDATE",
        f"{MOVES} AND NEW.state = 'approved' AND NOT "
        + IS_FULLY_SIGNED.format(version="NEW.id", digest="NEW.digest"),
        "every role must have signed this digest",
    ),
    Wall(
        "released_version_has_an_edition",
        "topics_version",
        "UPDATE",
        f"{MOVES} AND NEW.state = 'released' AND NOT EXISTS (SELECT 1 FROM topics_edition e "
        "WHERE e.version_id = NEW.id AND e.digest = NEW.digest)",
        "a version is released as an edition",
    ),
    *never_deleted("topics_contribution", "contributions"),
    Wall(
        "contributions_are_made_to_drafts",
        "topics_contribution",
        "INSERT",
        "(SELECT v.state FROM topics_version v WHERE v.id = NEW.version_id @share) <> 'draft'",
        "nobody can have written a version after it was submitted",
    ),
    Wall(
        "contributions_are_never_changed",
        "topics_contribution",
        "UPDATE",
        "TRUE",
        "who wrote stays on record",
    ),
]


def frozen_part(table, *, parent="version_id", version="{row}.version_id"):
    """Walls that freeze a table of parts together with the version that they belong to.

    `@share` makes a writer wait for a submission under way, and then see its outcome.
    """
    name = table.removeprefix("topics_")

    def state(row):
        of = version.format(row=row)
        return f"(SELECT v.state FROM topics_version v WHERE v.id = {of} @share)"

    message = "the parts of a version do not change after it was submitted"
    return [
        Wall(f"{name}_is_frozen_{event.lower()}", table, event, condition, message)
        for event, condition in (
            ("INSERT", f"{state('NEW')} <> 'draft'"),
            ("UPDATE", f"{state('OLD')} <> 'draft' OR {changed(parent)}"),
            ("DELETE", f"{state('OLD')} <> 'draft'"),
        )
    ]


REQUIREMENT_VERSION = "(SELECT r.version_id FROM topics_requirement r WHERE r.id = {row}.requirement_id)"
PARTS = [
    *frozen_part("topics_versionauthor"),
    *frozen_part("topics_reference"),
    *frozen_part("topics_code"),
    *frozen_part("topics_relatedarticle"),
    *frozen_part("topics_mention"),
    *frozen_part("topics_requirement"),
    *frozen_part("topics_requirement_specialties", parent="requirement_id", version=REQUIREMENT_VERSION),
]
