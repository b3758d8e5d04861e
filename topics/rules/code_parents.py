"""The codes above a code, where the system's own codes tell: C50.919, then C50.91, C50.9, C50."""

from topics.vocabulary import CodeSystem

SHORTEST = {CodeSystem.ICD_10_CM: 3, CodeSystem.ICD_9_CM: 3}
"""Characters of a category. In other systems a code doesn't say what it is below."""

LONGEST = 8
"""Characters of the longest code, its dot included: what is longer is no code, and below nothing."""


def with_parents(system, code):
    """The code itself, and those above it from the nearest on."""
    found = [code]
    shortest = SHORTEST.get(system, len(code)) if len(code) <= LONGEST else len(code)
    # External causes of ICD-9-CM have a letter and three figures.
    shortest += system == CodeSystem.ICD_9_CM and code[:1].upper() == "E"
    while len(code) > shortest:
        code = code[:-1].rstrip(".")
        found.append(code)
    return found
