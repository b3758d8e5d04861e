"""Changes of what stands beside the body, and the redline that each must give.

Each is a name, the fields before, the fields after, the lines of the redline, and the sentences of the
clinical changes. `redline_notation` says how to read one.
"""

FIELDS = [
    (
        "the title",
        {"title": "Fever"},
        {"title": "Fever in children"},
        ["title:", "  p: Fever{+ in children+}"],
        ["The title changed: “Fever” became “Fever in children”."],
    ),
    (
        "another name",
        {"also_called": ["High temperature"]},
        {"also_called": ["High temperature", "Pyrexia"]},
        ["also_called:", "  + p: Pyrexia"],
        ["The other names changed: “Pyrexia” was added."],
    ),
    (
        "the summary",
        {"summary": "Call us after 3 days of fever."},
        {"summary": "Call us after 5 days of fever."},
        ["summary:", "  p: Call us after [-3 days-]{+5 days+} of fever."],
        ["In “summary”, “3 days” became “5 days”."],
    ),
    (
        "the credentials of an author",
        {"authors": [{"name": "A. Writer", "credentials": "MA"}]},
        {"authors": [{"name": "A. Writer", "credentials": "MD"}]},
        ["authors:", "  p: A. Writer, [-MA-]{+MD+}"],
        None,
    ),
    (
        "authors in another order",
        {"authors": [{"name": "Ada First"}, {"name": "Ben Second"}, {"name": "Cy Third"}]},
        {"authors": [{"name": "Ben Second"}, {"name": "Cy Third"}, {"name": "Ada First"}]},
        ["authors:", "  < p: Ada First | same section", "  > p: Ada First | same section"],
        ["The authors changed: “their order” was moved."],
    ),
    (
        "a reference",
        {"references": [{"title": "A study of fever", "pmid": "11"}]},
        {"references": [{"title": "A study of fever", "pmid": "12"}]},
        ["references:", "  p: A study of fever · PMID [-11-]{+12+}"],
        None,
    ),
    (
        "a code",
        {"codes": [{"system": "icd-10-cm", "code": "R50.9", "display": "Fever"}]},
        {"codes": []},
        ["codes:", "  - p: icd-10-cm R50.9 Fever"],
        None,
    ),
    (
        "a related article",
        {"related_ids": ["T-2"]},
        {"related_ids": ["T-2", "T-3"]},
        ["related_ids:", "  + p: T-3"],
        ["The related articles changed: “T-3” was added."],
    ),
]
