"""Cautions: what the writer is told before a submission that does not refuse it."""

from django.utils.translation import gettext as _

from topics.content.languages import language_name
from topics.models import Article, Edition
from topics.rules.readability import readability
from topics.rules.refusal import Refusal
from topics.vocabulary import REWRITTEN, GradeRule
from topics.workflow.changes import document_of
from topics.workflow.counterparts import counterparts
from topics.workflow.mentions import links_of
from topics.workflow.source_changes import name_of, source_changes
from topics.workflow.untranslated import parts_not_translated, untranslated


def harder_than_its_target(version):
    """The refusal of a text that reads harder than its category asks, as a list of one or none."""
    category = version.article.category
    target = category.effective_target_grade()
    if target is None:
        return []
    measured = readability(document_of(version))
    if not measured.is_harder_than(target):
        return []
    sentence = _(
        "The text reads at school grade %(grade)s (%(formula)s); the category %(category)s asks for "
        "grade %(target)s at most."
    ) % {
        "grade": f"{measured.grade:g}",
        "formula": measured.formula,
        "category": category,
        "target": target,
    }
    return [Refusal("harder_than_its_target", sentence)]


def grade_is_refused(version):
    """Whether a text of this kind that is too hard is refused here, rather than warned of."""
    rule = version.article.category.effective_grade_rule()
    return rule == GradeRule.BLOCK and version.change_kind in REWRITTEN


def cautions(version, *, at):
    """What should be looked at before the draft is submitted, as refusals that refuse nothing."""
    foreign = untranslated(version)
    # A grade for words of another language would mean nothing.
    is_graded = not foreign.parts and not grade_is_refused(version)
    found = harder_than_its_target(version) if is_graded else []
    found += parts_not_translated(foreign)
    ids = links_of(version)
    known = list(Article.objects.filter(public_id__in=ids)) if ids else []
    public = set(
        Edition.objects.in_force(at=at).filter(article__in=known).values_list("article_id", flat=True)
        if ids
        else ()
    )
    for article in known:
        if article.pk not in public:
            sentence = _("The text links to %s, which is not public now: readers will see no link.")
            found.append(Refusal("linked_article_is_not_public", sentence % article))
    return [*found, *links_elsewhere(version, known), *changes_not_taken_over(version)]


def links_elsewhere(version, linked):
    """Names the articles that a translation's text links to and that are in another language."""
    language = version.article.language
    if version.article.translation_of_id is None or not linked:
        return []
    base = language.split("-")[0]
    others = [article for article in linked if article.language not in (language, base)]
    theirs = counterparts(others, language)
    found = []
    for article in others:
        sentence = _("The text links to %(article)s, which is in another language: %(language)s.")
        if article.pk in theirs:
            sentence = _("The text links to %(article)s. In this language there is %(translation)s.")
        words = {
            "article": article,
            "language": language_name(article.language),
            "translation": theirs.get(article.pk),
        }
        found.append(Refusal("linked_article_is_in_another_language", sentence % words))
    return found


def changes_not_taken_over(version):
    """Names what changed in a translation's source while its translation stayed as it was."""
    changes = source_changes(version)
    if changes is None or not changes.untouched:
        return []
    sentence = _(
        "Changed in the source between its editions %(since)s and %(now)s, and still translated as "
        "before: %(parts)s."
    ) % {
        "since": changes.since.number,
        "now": changes.now.number,
        "parts": ", ".join(map(name_of, changes.untouched)),
    }
    return [Refusal("source_change_is_not_taken_over", sentence)]
