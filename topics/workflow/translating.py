"""Starting a translation from a named edition, and catching up with what its source became since."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from topics.content.languages import language_name
from topics.models import Article, RelatedArticle
from topics.models.parts import PARTS
from topics.models.version import CONTENT_FIELDS
from topics.rules.refusal import ILLEGAL, Refusal, refuse
from topics.vocabulary import REWRITTEN, ChangeKind, State
from topics.workflow.counterparts import counterparts, translated_links
from topics.workflow.drafting import (
    create_article,
    edit,
    open_version,
    permission_refusals,
    why_not_open,
)
from topics.workflow.ledger import begin_act
from topics.workflow.source_conditions import (
    content_was_recalled,
    is_weaker,
    kind_of_all,
    started,
    weaker_than,
)

# Starting --------------------------------------------------------------------------------------------


def why_not_translate(edition, *, actor, at, language=None, slug=None):
    """Every reason why the actor can't start a translation from this edition.

    Language and slug are asked about where they are given.
    """
    refusals = permission_refusals(actor, "create_article", _("Start an article"))
    source = edition.article
    if source.translation_of_id:
        sentence = _("“%(article)s” is itself a translation: translate an edition of “%(source)s”.")
        words = {"article": source, "source": source.translation_of}
        refusals.append(Refusal("source_is_a_translation", sentence % words, ILLEGAL))
    if not started(edition, at=at):
        sentence = _("This edition has not been public. Translate one that readers could compare with.")
        refusals.append(Refusal("source_edition_does_not_fit", sentence, ILLEGAL))
    if content_was_recalled(edition):
        sentence = _("This edition was recalled for safety. Translate a later one.")
        refusals.append(Refusal("source_was_recalled", sentence, ILLEGAL))
    if language is not None and not refusals:
        refusals += unacceptable(source, language=language, slug=slug)
    return refusals


def unacceptable(source, *, language, slug):
    """What is wrong with the language or the slug of a translation to be."""
    there = source.translations.filter(language=language).first()
    if there:
        sentence = _("“%(source)s” has a translation into this language: “%(article)s”.")
        return [
            Refusal("language_is_taken", sentence % {"source": source, "article": there}),
        ]
    if language == source.language:
        sentence = _("The source is in this language already: %s.") % language_name(language)
        return [Refusal("language_is_the_sources", sentence)]
    wanted = Article(slug=slug, language=language, category=source.category, translation_of=source)
    try:
        wanted.full_clean(exclude=["created_by", "created_at"])
    except ValidationError as error:
        return [
            Refusal(f"{name}_is_wrong", sentence)
            for name, sentences in error.message_dict.items()
            for sentence in sentences
        ]
    return []


@transaction.atomic
def translate(edition, *, language, slug, actor, with_text=True, at=None):
    """Starts the translation of an edition as an article of its own, and returns its first version.

    Authors, references and codes are copied; related articles and links in the text become their
    translations where these exist, and other related articles are left out. With `with_text` the
    source's wording is there to be written over, its structure kept.
    Raises `Refused` with every reason.
    """
    at = begin_act(at=at)
    source = Article.objects.select_for_update(of=("self",)).get(pk=edition.article_id)
    refuse(why_not_translate(edition, actor=actor, at=at, language=language, slug=slug))
    rendered = edition.version
    # Whom it speaks to is the source's in any case.
    taken = CONTENT_FIELDS if with_text else ("audience",)
    text = {name: getattr(rendered, name) for name in taken}
    if with_text:
        text["body"] = translated_links(text["body"], language)
    version = create_article(
        actor=actor,
        slug=slug,
        language=language,
        category=source.category,
        translation_of=source,
        made_from=edition,
        at=at,
        **text,
    )
    for part in PARTS:
        if part is not RelatedArticle:
            for copied in part.objects.filter(version=rendered):
                copied.copy_to(version).save()
    related = list(RelatedArticle.objects.filter(version=rendered).select_related("article"))
    theirs = counterparts([copied.article for copied in related], language)
    for copied in related:
        if copied.article_id in theirs:
            copy = copied.copy_to(version)
            copy.article = theirs[copied.article_id]
            copy.save()
    return version


# Catching up -------------------------------------------------------------------------------------------


def newest_source_edition(article, *, at):
    """The newest edition of the article's source that has been public, or None."""
    if article.translation_of_id is None:
        return None
    return article.translation_of.editions.started(at=at).order_by("-number").first()


def standing_version(article, *, at):
    """The version that says what the translation was made from: the open one, or the public's newest."""
    open_version = article.versions.open().select_related("made_from").first()
    if open_version:
        return open_version
    edition = article.editions.started(at=at).order_by("-number").first()
    return edition.version if edition else article.versions.order_by("-number").first()


def editions_since(version, *, at):
    """The editions of the source that have come since the one that the version was made from."""
    source = version.article.translation_of
    if source is None or version.made_from is None:
        return source.editions.none() if source else version.editions.none()
    newer = source.editions.started(at=at).filter(number__gt=version.made_from.number)
    return newer.order_by("number")


def fitting_kind(article, *, at):
    """The kind of change that catching up is, seen from what changed in the source."""
    if not article.editions.ever_in_force().exists():
        return ChangeKind.NEW
    return kind_of_all(editions_since(standing_version(article, at=at), at=at))


def why_not_catch_up(article, *, actor, at, change_kind=None):
    """Every reason why the actor can't take the translation on to its source's newest edition."""
    refusals = permission_refusals(actor, "edit_version", _("Start a new version"))
    edition = newest_source_edition(article, at=at)
    if edition is None:
        sentence = _("There is no edition of a source to catch up with.")
        return [*refusals, Refusal("no_source_edition", sentence, ILLEGAL)]
    version = standing_version(article, at=at)
    if version.made_from_id == edition.pk:
        sentence = _("Version %(number)s was made from edition %(edition)s, the newest of its source.")
        words = {"number": version.number, "edition": edition.number}
        refusals.append(Refusal("is_up_to_date", sentence % words, ILLEGAL))
    if content_was_recalled(edition):
        sentence = _("Edition %s of the source was recalled for safety. Wait for the next one.")
        refusals.append(Refusal("source_was_recalled", sentence % edition.number, ILLEGAL))
    if version.state != State.DRAFT:
        fitting = fitting_kind(article, at=at)
        kind = change_kind or fitting
        if is_weaker(kind, fitting):
            refusals.append(weaker_than(fitting))
        refusals += [r for r in why_not_open(article, kind, actor=actor) if r.code != "not_permitted"]
    return refusals


@transaction.atomic
def catch_up(article, *, actor, change_kind=None, at=None):
    """Takes a translation on to its source's newest edition; returns the version to be written.

    That is the open draft, which then names the newer edition, or else a new version that begins as
    a copy of the translation as it stands. `change_kind` is by default that of the source's changes.
    Links to articles that have been translated meanwhile lead to their translations, where the kind
    of change leaves the text free.
    """
    at = begin_act(at=at)
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    refuse(why_not_catch_up(article, actor=actor, at=at, change_kind=change_kind))
    edition = newest_source_edition(article, at=at)
    draft = article.versions.filter(state=State.DRAFT).first()
    if draft:
        text = {}
        if draft.change_kind in REWRITTEN:
            text["body"] = translated_links(draft.body, article.language)
        return edit(draft, actor=actor, revision=draft.revision, at=at, made_from=edition, **text)
    kind = change_kind or fitting_kind(article, at=at)
    return open_version(article, change_kind=kind, actor=actor, at=at, made_from=edition)
