"""What somebody typed, as a query: the tokens that must be there, those that count, and names."""

from dataclasses import dataclass

from topics.publishing.search import analyser

MOST_WORDS = 12
"""Words of a query that count."""

LANGUAGES = tuple(analyser.ALGORITHMS)


@dataclass(frozen=True)
class Query:
    """`required` holds, for each word, the tokens it may have: one for each language it is read in.

    `counting` are the tokens of words that only ask something of the subject. `names` are those of names
    that the words may form, with how many words they have: the longer the name, the more it is meant.
    """

    words: tuple
    required: tuple
    counting: tuple
    names: dict

    @property
    def any(self):
        """Every token that makes an edition found at all."""
        return tuple(dict.fromkeys(one for tokens in self.required for one in tokens))


def read(text, language=None):
    """The query in a language, or in every one that is stemmed; None where there is no word in it."""
    languages = (language,) if language else LANGUAGES
    # “the” is no stop word of Spanish; who names no language must not be held to it all the same.
    typed = list(dict.fromkeys(word for word, _, _ in analyser.words(text)))
    said = [word for word in typed if not any(analyser.is_stop(word, each) for each in languages)]
    said = (said or typed)[:MOST_WORDS]
    about = [word for word in said if not any(analyser.is_asking(word, each) for each in languages)]
    about = about or said
    if not about:
        return None
    return Query(
        words=tuple(said),
        required=tuple(stems_of(word, languages) for word in about),
        counting=tuple(one for word in said if word not in about for one in stems_of(word, languages)),
        names=merged(
            analyser.names([analyser.token(word, each) for word in about]) for each in languages
        ),
    )


def stems_of(word, languages):
    return tuple(dict.fromkeys(analyser.token(word, language) for language in languages))


def merged(found):
    return {token: length for names in found for token, length in names.items()}
