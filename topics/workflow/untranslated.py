"""What of a translation still has the words of the edition that it is made from."""

import json

from django.utils.translation import gettext as _

from topics.content.languages import language_name
from topics.rules.refusal import Refusal
from topics.rules.still_source import StillSource, still_source
from topics.workflow.changes import document_of
from topics.workflow.source_changes import name_of


def untranslated(version):
    """The `StillSource` of a version; nothing is found where it is no translation.

    `version` may be a draft as somebody has it in their form.
    """
    if version.made_from_id is None:
        return StillSource()
    return still_source(json.loads(version.made_from.document), document_of(version))


def text_is_translated(case):
    """A condition of submission. A text that is translated in part is only cautioned about."""
    if untranslated(case.version).is_whole:
        words = {"language": language_name(case.version.article.language)}
        yield Refusal(
            "nothing_is_translated",
            _("Nothing is translated yet: summary and text are the source's words, not %(language)s.")
            % words,
        )


def parts_not_translated(found):
    """The caution about what is still the source's, as a list of one or none."""
    if not found.parts or found.is_whole:
        return []
    parts = ", ".join(map(name_of, found.parts))
    sentence = _("Still in the source's words, so not translated yet: %s.") % parts
    return [Refusal("part_is_not_translated", sentence)]
