"""Writing drafts: starting an article, opening its next version, saving an edit."""

from django.db import transaction
from django.utils.translation import gettext as _

from topics.models import Article, Contribution, Version
from topics.models.parts import PARTS
from topics.models.version import CONTENT_FIELDS, EDITABLE_FIELDS
from topics.rules.refusal import FORBIDDEN, ILLEGAL, Refusal, refuse
from topics.vocabulary import REWRITTEN, ChangeKind, State
from topics.workflow.case import Case
from topics.workflow.counterparts import translated_links
from topics.workflow.door import reasons
from topics.workflow.ledger import begin_act, record
from topics.workflow.mentions import note_mentions
from topics.workflow.source_changes import kept_on, taken_on
from topics.workflow.table import ACTS


def permission_refusals(actor, permission, label):
    if actor.is_active and actor.has_perm(f"topics.{permission}"):
        return []
    return [Refusal("not_permitted", _("Your role does not include “%s”.") % label, FORBIDDEN)]


@transaction.atomic
def create_article(*, actor, slug, language, category, translation_of=None, at=None, **content):
    """Starts an article with the draft of its first version, and returns that version.

    `content` are fields of the draft, and for a translation `made_from`: the edition of the source
    that its wording renders. Raises `NotPermitted`, or `ValidationError` where slug, language or
    source are not acceptable.
    """
    refuse(permission_refusals(actor, "create_article", _("Start an article")))
    at = begin_act(at=at)
    article = Article(
        slug=slug,
        language=language,
        category=category,
        translation_of=translation_of,
        created_by=actor,
        created_at=at,
    )
    article.full_clean()
    article.save()
    record("create_article", actor=actor, at=at, article=article, slug=slug, language=language)
    return new_version(article, number=1, actor=actor, at=at, **content)


IN_REVIEW = (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW, State.APPROVED)


def why_not_recategorise(article, *, actor):
    """Every reason why the actor can't move the article to another category now."""
    refusals = permission_refusals(actor, "create_article", _("Change the category"))
    version = article.versions.filter(state__in=IN_REVIEW).first()
    if version:
        sentence = _(
            "Version %(number)s is being reviewed under the policy of its category: %(state)s. "
            "Release or return it first."
        ) % {"number": version.number, "state": version.get_state_display()}
        refusals.append(Refusal("category_is_under_review", sentence, ILLEGAL))
    return refusals


@transaction.atomic
def recategorise(article, *, category, actor, at=None):
    """Moves an article to another category; the public sees it there from its next release on."""
    at = begin_act(at=at)
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    refuse(why_not_recategorise(article, actor=actor))
    record(
        "recategorise",
        actor=actor,
        at=at,
        article=article,
        before=article.category.slug,
        after=category.slug,
    )
    article.category = category
    article.save(update_fields=["category"])
    return article


def new_version(article, *, number, actor, at, **fields):
    version = Version(
        article=article,
        number=number,
        state=State.DRAFT,
        state_since=at,
        created_by=actor,
        created_at=at,
        edited_by=actor,
        edited_at=at,
        **fields,
    )
    version.save(force_insert=True)
    note_mentions(version)
    Contribution.objects.create(version=version, user=actor, at=at)
    return version


def why_not_open(article, change_kind, *, actor):
    """Every reason why the actor can't open the article's next version with that kind of change."""
    refusals = permission_refusals(actor, "edit_version", _("Start a new version"))
    open_version = article.versions.open().first()
    if open_version:
        sentence = _("Version %(number)s is still open: %(state)s.") % {
            "number": open_version.number,
            "state": open_version.get_state_display(),
        }
        refusals.append(Refusal("one_open_version_per_article", sentence, ILLEGAL))
    released = article.editions.ever_in_force().exists()
    if change_kind not in ChangeKind.values:
        refusals.append(Refusal("unknown_kind", _("Choose a kind of change.")))
    elif released == (change_kind == ChangeKind.NEW):
        sentence = (
            _("This article was released before: choose substantive, minor or periodic review.")
            if released
            else _("This article was never released: its next version is still “new”.")
        )
        refusals.append(Refusal("change_kind_does_not_fit", sentence))
    return refusals


@transaction.atomic
def open_version(article, *, change_kind, actor, at=None, made_from=None):
    """Opens the article's next version, a copy, and returns it.

    It continues the newest returned version, or else the wording of the newest edition; a periodic
    review always copies the edition. Everyone who wrote what is copied counts as having written it.
    `made_from` is the edition of its source that a translation is now to render; without one the
    version renders what the copied one did.
    """
    at = begin_act(at=at)
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    refuse(why_not_open(article, change_kind, actor=actor))
    newest = article.versions.order_by("-number").first()
    base = newest
    if newest.state != State.RETURNED or change_kind == ChangeKind.PERIODIC_REVIEW:
        edition = article.editions.ever_in_force().order_by("-number").first()
        base = edition.version if edition else newest
    text = {name: getattr(base, name) for name in CONTENT_FIELDS}
    if made_from and change_kind in REWRITTEN:
        text["body"] = translated_links(base.body, article.language)
    version = new_version(
        article,
        number=newest.number + 1,
        actor=actor,
        at=at,
        based_on=base,
        change_kind=change_kind,
        change_note=base.change_note if base.state == State.RETURNED else "",
        internal_note=base.internal_note if base.state == State.RETURNED else "",
        made_from=made_from or base.made_from,
        caught_up=taken_on(base, made_from, body=text["body"]) if made_from else kept_on(base),
        **text,
    )
    for part in PARTS:
        for copied in part.objects.filter(version=base):
            copied.copy_to(version).save()
    Contribution.objects.bulk_create(
        Contribution(version=version, user_id=user_id, at=at)
        for user_id in sorted(base.contributors() - {actor.pk})
    )
    record(
        "open_version",
        actor=actor,
        at=at,
        version=version,
        number=version.number,
        based_on=base.number,
        change_kind=change_kind,
        **({"made_from": made_from.number} if made_from else {}),
    )
    return version


@transaction.atomic
def edit(version, *, actor, revision, at=None, parts=None, **changes):
    """Saves an edit of a draft and returns the version anew.

    `revision` is the one that the editor had before them: if the draft has moved on since, nothing
    is saved. `changes` are fields of `EDITABLE_FIELDS`, or `made_from`; `parts` is a function that
    saves the parts of the locked version (a form set's `save`, say).

    Raises `IllegalMove` after submission, `NotPermitted`, and `Unmet` where another edit came first.
    """
    unknown = changes.keys() - {*EDITABLE_FIELDS, "made_from"}
    if unknown:
        raise TypeError(f"Not a field of a draft: {', '.join(sorted(unknown))}")
    at = begin_act(at=at)
    version = (
        Version.objects.select_for_update(of=("self",)).select_related("article").get(pk=version.pk)
    )
    refusals = reasons(ACTS["edit"], Case(version, actor, at))
    if not refusals and version.revision != revision:
        said = (
            _("You saved this draft in another window at %(at)s UTC, after you opened it here.")
            if version.edited_by_id == actor.pk
            else _("%(name)s saved this draft at %(at)s UTC, after you opened it.")
        )
        sentence = said % {
            "name": version.edited_by.printed_name(),
            "at": f"{version.edited_at:%Y-%m-%d %H:%M:%S}",
        }
        refusals.append(Refusal("edited_meanwhile", sentence))
    refuse(refusals)
    changed = sorted(name for name, value in changes.items() if getattr(version, name) != value)
    record("edit", actor=actor, at=at, version=version, number=version.number, fields=changed)
    Contribution.objects.get_or_create(version=version, user=actor, defaults={"at": at})
    if "made_from" in changes:
        body = changes.get("body", version.body)
        version.caught_up = taken_on(version, changes["made_from"], body=body)
    for name, value in changes.items():
        setattr(version, name, value)
    version.edited_by, version.edited_at = actor, at
    version.revision += 1
    version.save()
    note_mentions(version)
    if parts:
        parts(version)
    return version
