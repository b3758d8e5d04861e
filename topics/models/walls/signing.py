"""Walls around assignments and sign-offs: who may sign what, and that signatures stay."""

from topics.models.walls.versions import credited
from topics.models.walls.wall import Wall, append_only, changed, head_entry, keeps_its_id, never_deleted

VERSION_STATE = "(SELECT v.state FROM topics_version v WHERE v.id = NEW.version_id @share)"


def sign_off(name, refuse_when, message):
    return Wall(name, "topics_signoff", "INSERT", refuse_when, message)


# An assignment alone is ended only before its role was signed; a return ends all of them.
ENDS_ONE = (
    "e.act IN ('assign', 'change_due_date', 'withdraw_assignment') AND EXISTS ("
    "SELECT 1 FROM topics_requirement r WHERE r.id = NEW.requirement_id "
    "AND r.role = @text(e.detail, 'role')) "
    "AND NEW.end_reason = COALESCE(@text(e.detail, 'reason'), '') "
    "AND NOT EXISTS (SELECT 1 FROM topics_signoff s WHERE s.requirement_id = NEW.requirement_id)"
)
SIGNED = "EXISTS (SELECT 1 FROM topics_signoff s WHERE s.{column} = OLD.id)"

SIGNING = [
    *never_deleted("topics_assignment", "assignments"),
    Wall(
        "assignment_belongs_to_review",
        "topics_assignment",
        "INSERT",
        f"{VERSION_STATE} NOT IN ('editorial_review', 'medical_review') OR NOT EXISTS ("
        "SELECT 1 FROM topics_requirement r "
        "WHERE r.id = NEW.requirement_id AND r.version_id = NEW.version_id)",
        "reviewers are assigned to a role of a version in review",
    ),
    Wall(
        "assignment_has_its_audit_entry",
        "topics_assignment",
        "INSERT",
        "NEW.ended_at IS NOT NULL OR NOT "
        + head_entry(
            "e.act IN ('assign', 'change_due_date') AND e.version_id = NEW.version_id "
            "AND e.actor_id = NEW.assigned_by_id AND e.at = NEW.assigned_at"
        ),
        "a reviewer is asked through the door, which writes the ledger first",
    ),
    Wall(
        "assignment_only_ends",
        "topics_assignment",
        "UPDATE",
        changed(
            "id",
            "version_id",
            "requirement_id",
            "reviewer_id",
            "due_on",
            "assigned_by_id",
            "assigned_at",
        )
        + " OR OLD.ended_at IS NOT NULL",
        "an assignment can only be ended; a new one takes its place",
    ),
    Wall(
        "assignment_ends_with_its_audit_entry",
        "topics_assignment",
        "UPDATE",
        f"OLD.ended_at IS NULL AND {changed('ended_at', 'ended_by_id', 'end_reason')} AND NOT "
        + head_entry(
            "e.version_id = NEW.version_id AND e.actor_id = NEW.ended_by_id AND e.at = NEW.ended_at "
            f"AND ((e.act IN ('return', 'return_as_reviewer') AND NEW.end_reason = '') OR ({ENDS_ONE}))"
        ),
        "a reviewer is released through the door, which writes the ledger first",
    ),
    *append_only("topics_signoff", "sign_offs"),
    sign_off(
        "sign_off_is_in_medical_review",
        f"{VERSION_STATE} <> 'medical_review'",
        "reviewers sign while the version is in medical review",
    ),
    sign_off(
        "sign_off_is_on_this_digest",
        "NOT EXISTS (SELECT 1 FROM topics_version v JOIN topics_requirement r "
        "ON r.version_id = v.id WHERE v.id = NEW.version_id AND v.digest = NEW.digest "
        "AND r.id = NEW.requirement_id)",
        "the signed digest is that of the version",
    ),
    sign_off(
        "signer_did_not_write_the_version",
        "EXISTS (SELECT 1 FROM topics_version v WHERE v.id = NEW.version_id "
        "AND v.created_by_id = NEW.user_id) OR EXISTS (SELECT 1 FROM topics_contribution c "
        "WHERE c.version_id = NEW.version_id AND c.user_id = NEW.user_id) OR "
        + credited("NEW.version_id", "NEW.user_id"),
        "nobody signs what they wrote, edited or are credited with",
    ),
    sign_off(
        "signer_is_assigned",
        "NOT EXISTS (SELECT 1 FROM topics_assignment a JOIN topics_reviewer p "
        "ON p.id = a.reviewer_id WHERE a.requirement_id = NEW.requirement_id "
        "AND a.reviewer_id = NEW.reviewer_id AND p.user_id = NEW.user_id AND a.ended_at IS NULL)",
        "only the reviewer who was asked signs, from their own account",
    ),
    sign_off(
        "signer_holds_a_valid_credential",
        "NOT EXISTS (SELECT 1 FROM topics_credential c WHERE c.id = NEW.credential_id "
        "AND c.reviewer_id = NEW.reviewer_id AND c.valid_from <= @day(NEW.signed_at) "
        "AND c.expires_on >= @day(NEW.signed_at))",
        "the credential is the signer's own and in date",
    ),
    sign_off(
        "signer_has_the_specialty",
        "NOT EXISTS (SELECT 1 FROM topics_reviewer_specialties s "
        "JOIN topics_requirement_specialties q ON q.specialty_id = s.specialty_id "
        "WHERE s.reviewer_id = NEW.reviewer_id AND s.specialty_id = NEW.specialty_id "
        "AND q.requirement_id = NEW.requirement_id)",
        "the specialty is the signer's and one that the role asks for",
    ),
    sign_off(
        "sign_off_prints_the_signer_of_that_day",
        "NOT EXISTS (SELECT 1 FROM topics_reviewer p "
        "JOIN topics_requirement r ON r.id = NEW.requirement_id "
        "JOIN topics_specialty s ON s.id = NEW.specialty_id "
        "JOIN topics_credential c ON c.id = NEW.credential_id WHERE p.id = NEW.reviewer_id "
        "AND p.name = NEW.printed_name AND p.credentials = NEW.printed_credentials "
        "AND p.disclosure = NEW.disclosure AND s.name = NEW.printed_specialty "
        "AND r.label = NEW.role AND r.meaning = NEW.meaning "
        "AND c.title = NEW.credential_title AND c.issuer = NEW.credential_issuer "
        "AND c.number = NEW.credential_number AND c.valid_from = NEW.credential_valid_from "
        "AND c.expires_on = NEW.credential_expires_on)",
        "a sign-off prints its signer, credential, role and meaning as they stand on that day",
    ),
    sign_off(
        "sign_off_has_its_audit_entry",
        "NOT "
        + head_entry(
            "e.number = NEW.entry_id AND e.act = 'sign_off' AND e.version_id = NEW.version_id "
            "AND e.actor_id = NEW.user_id AND e.at = NEW.signed_at"
        ),
        "a sign-off is given through the door, which writes the ledger first",
    ),
    Wall(
        "reviewer_who_signed_is_kept",
        "topics_reviewer",
        "DELETE",
        SIGNED.format(column="reviewer_id"),
        "people who signed can't be deleted",
    ),
    Wall(
        "account_that_signed_is_kept",
        "topics_user",
        "DELETE",
        SIGNED.format(column="user_id"),
        "people who signed can't be deleted",
    ),
    Wall(
        "credential_that_signed_is_kept",
        "topics_credential",
        "DELETE",
        SIGNED.format(column="credential_id"),
        "a credential that was signed with can't be deleted",
    ),
    Wall(
        "reviewer_who_signed_keeps_the_account",
        "topics_reviewer",
        "UPDATE",
        f"{changed('user_id')} AND " + SIGNED.format(column="reviewer_id"),
        "a reviewer who signed stays tied to the account that signed",
    ),
    Wall(
        "credential_that_signed_stays_as_it_was",
        "topics_credential",
        "UPDATE",
        f"({changed('reviewer_id', 'title', 'issuer', 'number', 'valid_from')} "
        "OR NEW.expires_on > OLD.expires_on) AND " + SIGNED.format(column="credential_id"),
        "a credential that was signed with can only expire earlier; a renewed one is a new one",
    ),
    *keeps_its_id("user", "reviewer", "credential", "specialty", "category", "reviewpolicy"),
]
