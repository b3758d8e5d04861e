"""Names within a sentence, told by their capitals: of medicines, illnesses, people and places.

"Ask for Advil" and "Ask for Motrin", "Ebola spreads in Guinea", HIV and HPV: no list has all names, and
a name that is another tells of another thing. A capital tells nothing of the first word of a sentence,
and of none where all words have one, as in the titles of some houses; several capitals in a word always
do, except where everything is in capitals.
"""

from collections.abc import Sequence
from dataclasses import replace

from topics.rules.clinical_words import Word, unaccented

_LONG = 4
"""Letters of a word that a title writes with a capital; shorter ones may be articles."""

_FIRST_PERSON = ("i", "i'm", "i'd", "i'll", "i've")


def with_names(found: Sequence[Word]) -> list[Word]:
    """The words of one sentence, of which those that are names know it."""
    written = [word for word in found if word.shown[:1].isalpha()]
    if all(word.shown.isupper() for word in written):
        return list(found)
    first = written[0]
    long = [word for word in written if word is not first and len(word.shown) >= _LONG]
    is_title = len(long) > 1 and all(word.shown[0].isupper() for word in long)
    return [
        replace(word, is_name=True) if _is_name(word, word is first or is_title) else word
        for word in found
    ]


def _is_name(word: Word, is_capital_anyway: bool) -> bool:
    if sum(char.isupper() for char in word.shown) > 1:
        return True
    return not is_capital_anyway and word.shown[0].isupper() and word.key not in _FIRST_PERSON


def touches_name(gone: Sequence[Word], come: Sequence[Word]) -> bool:
    """Whether a name went or came, or is another: an accent may be corrected, no letter."""
    touched = [*gone, *come]
    if len(gone) == len(come):
        pairs = zip(gone, come, strict=True)
        touched = [word for a, b in pairs if unaccented(a.key) != unaccented(b.key) for word in (a, b)]
    return any(word.is_name for word in touched)
