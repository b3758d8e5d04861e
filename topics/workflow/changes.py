"""What a version changes against the edition that it would replace."""

import json

from django.utils.translation import gettext as _

from topics.content.document import AUTHOR_FIELDS, CODE_FIELDS, REFERENCE_FIELDS, build_document
from topics.models import Edition
from topics.models.version import CONTENT_FIELDS
from topics.rules.minor import clinical_changes
from topics.vocabulary import State


def released_base(version):
    """The newest edition of the article that was not cancelled, or None where there was none."""
    return (
        Edition.objects.ever_in_force()
        .filter(article=version.article)
        .exclude(version=version)
        .order_by("-number")
        .first()
    )


def continued_release(version):
    """The version with an edition that this one continues, past drafts that were returned, or None."""
    base = version.based_on
    while base is not None and base.state == State.RETURNED:
        base = base.based_on
    return base


def document_of(version):
    """The version's document as a dict: the frozen one, or what a draft would freeze to."""
    if version.document:
        return json.loads(version.document)
    return build_document(
        article_id=str(version.article.public_id),
        language=version.article.language,
        title=version.title,
        also_called=version.also_called,
        audience=version.audience,
        summary=version.summary,
        body=version.body,
        authors=rows(version, "authors", AUTHOR_FIELDS),
        references=rows(version, "references", REFERENCE_FIELDS),
        codes=rows(version, "codes", CODE_FIELDS),
        related_ids=[str(part.article.public_id) for part in version.parts_of("related")],
    )


def rows(version, relation, columns):
    """The parts of a version as dicts of these columns, in their order."""
    return [{name: getattr(part, name) for name in columns} for part in version.parts_of(relation)]


def content_differences(version):
    """The names of what differs between a draft and the version of the edition that it is based on."""
    edition = released_base(version)
    if edition is None:
        return []
    base = edition.version
    differences = [
        str(version._meta.get_field(name).verbose_name)
        for name in CONTENT_FIELDS
        if getattr(version, name) != getattr(base, name)
    ]
    if version.based_on_id != base.pk:
        differences.append(_("the version that it is based on"))
    for relation, name, columns in (
        ("authors", _("authors"), AUTHOR_FIELDS),
        ("references", _("references"), REFERENCE_FIELDS),
        ("codes", _("codes"), CODE_FIELDS),
        ("related", _("related articles"), ("article_id",)),
    ):
        if rows(version, relation, columns) != rows(base, relation, columns):
            differences.append(name)
    return differences


def clinical_changes_of(version):
    """The clinical changes between the edition in place and this version; empty without an edition."""
    edition = released_base(version)
    if edition is None:
        return []
    return clinical_changes(json.loads(edition.document), document_of(version))
