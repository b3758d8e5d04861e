"""The life of a version as one table: every act, from which states, by whom, under which conditions."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from topics.vocabulary import State
from topics.workflow import conditions as c
from topics.workflow import release_conditions as r
from topics.workflow import remark_conditions as m
from topics.workflow import source_conditions as s
from topics.workflow import untranslated as u


@dataclass(frozen=True)
class Act:
    """One act on a version.

    `to_state` is None where the state stays. `conditions` are questions about the version and the
    actor; `inputs` are questions about what was given with the act, asked only when it is done.
    Each is a function of a `Case` that yields refusals.
    """

    name: str
    label: str
    consequence: str
    from_states: tuple
    to_state: State | None
    permission: str
    conditions: tuple[Callable, ...] = ()
    inputs: tuple[Callable, ...] = ()


TABLE = (
    Act(
        "edit",
        _("Edit"),
        _("The draft is changed, and you are noted as one who wrote it: you can't sign it."),
        (State.DRAFT,),
        None,
        "edit_version",
    ),
    Act(
        "submit",
        _("Submit"),
        _("The text freezes as it stands and goes to the editors. It can't be edited any more."),
        (State.DRAFT,),
        State.EDITORIAL_REVIEW,
        "submit_version",
        conditions=(
            c.content_is_complete,
            c.headings_are_nested,
            c.linked_articles_exist,
            c.text_is_not_harder_than_its_target,
            c.category_has_a_policy,
            c.change_kind_fits,
            c.change_is_explained,
            c.periodic_review_changes_nothing,
            c.base_is_in_place,
            c.minor_change_is_not_clinical,
            s.source_edition_is_named,
            u.text_is_translated,
            s.source_was_not_recalled,
            s.change_is_not_weaker_than_the_sources,
        ),
    ),
    Act(
        "assign",
        _("Assign reviewers"),
        _("The reviewer is asked to fill the role by the date, and sees the version among their work."),
        (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW),
        None,
        "assign_reviewer",
        inputs=(c.role_is_open, c.reviewer_is_eligible, c.due_date_is_ahead),
    ),
    Act(
        "change_due_date",
        _("Change the due date"),
        _("The reviewer who is asked has until the new day. The former day stays on record."),
        (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW),
        None,
        "assign_reviewer",
        inputs=(c.role_is_open, c.somebody_is_asked, c.due_date_is_ahead),
    ),
    Act(
        "withdraw_assignment",
        _("Withdraw an assignment"),
        _("The reviewer is released, and is told so. The role needs somebody else."),
        (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW),
        None,
        "assign_reviewer",
        inputs=(c.role_is_open, c.somebody_is_asked, c.withdrawal_in_review_is_explained),
    ),
    Act(
        "send",
        _("Send to medical review"),
        _("The assigned reviewers can sign. The text stays as it was submitted."),
        (State.EDITORIAL_REVIEW,),
        State.MEDICAL_REVIEW,
        "send_version",
        conditions=(c.every_role_is_assigned, s.source_was_not_recalled),
        inputs=(m.remarks_are_answered,),
    ),
    Act(
        "return",
        _("Return with remarks"),
        _("This version ends here, for good. The author continues in the next one, a copy of it."),
        (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW, State.APPROVED),
        State.RETURNED,
        "return_version",
        inputs=(m.remarks_are_given,),
    ),
    Act(
        "return_as_reviewer",
        _("Return with remarks"),
        _("This version ends here, for good. The author continues in the next one, a copy of it."),
        (State.MEDICAL_REVIEW,),
        State.RETURNED,
        "sign_version",
        conditions=(c.actor_is_assigned,),
        inputs=(m.remarks_are_given,),
    ),
    Act(
        "sign_off",
        _("Sign off"),
        _("Your signature is bound to exactly this text. The last one that is needed approves it."),
        (State.MEDICAL_REVIEW,),
        None,
        "sign_version",
        conditions=(
            c.actor_is_assigned,
            c.actor_may_sign,
            s.source_was_not_recalled,
            c.password_is_taken,
        ),
        inputs=(c.digest_is_the_one_read, c.signature_is_the_one_read, c.password_is_right),
    ),
    Act(
        "release",
        _("Release"),
        _("The public reads this version from the given instant on, in place of the one before."),
        (State.APPROVED, State.RELEASED),
        State.RELEASED,
        "release_version",
        conditions=(
            r.was_not_released_yet,
            r.releaser_is_not_the_only_author,
            r.policy_still_holds,
            r.nothing_else_is_scheduled,
            r.content_was_not_recalled,
            s.source_was_not_recalled,
            c.base_is_in_place,
            c.minor_change_is_not_clinical,
        ),
        inputs=(
            r.start_is_ahead,
            r.no_withdrawal_is_planned_after_the_start,
            r.signers_are_qualified_at_the_start,
            r.review_is_not_yet_due,
        ),
    ),
)

ACTS = {act.name: act for act in TABLE}

APPROVE = "approve"
"""The step from medical review to approved. No one takes it: the last sign-off does."""
