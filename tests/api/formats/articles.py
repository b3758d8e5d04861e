"""Articles as the API replies with them, made without a database: a document and a record around it."""

from topics.api import examples, examples_of_problems
from topics.content.document import build_document

BODY = (
    "<p>Most coughs clear up on their own &amp; in 3 weeks.</p>"
    "<h2>Treatment</h2><p>Take <strong>5 mg</strong> at night, <em>never</em> more. At 10<sup>9</sup>/L "
    'and HbA<sub>1c</sub> or a <a href="https://example.org/a?b=1&amp;c=2">fever</a>, ask.<br>Rest.</p>'
    '<aside class="when-to-call"><p>Call 112 if you can’t breathe.</p></aside>'
    '<h3>Doses</h3><table><caption>By age</caption><thead><tr><th scope="col">Age</th>'
    '<th scope="col">Dose</th></tr></thead><tbody><tr><th scope="row">2 to 5</th><td>2.5 mg | 1 spoon'
    '</td></tr><tr><td colspan="2">Not under 2 years</td></tr></tbody></table>'
    "<h4>For adults</h4><p>10 mg.</p>"
    "<h2>When to get help</h2><ul><li>You cough up blood</li><li>You lose weight<ul><li>Over 5 kg</li>"
    "</ul></li></ul><ol><li>Call</li><li>Wait</li></ol><dl><dt>Sputum</dt><dd>What comes up</dd></dl>"
    f'<p>See <a href="article:{examples.OTHER_ID}">whooping cough</a> and '
    '<a href="article:00000000-0000-4000-8000-000000000000">croup</a>.</p>'
)


def article(*, body=BODY, language="en", **changes):
    """A reply about an edition in force whose document has this body."""
    signed = {name: examples.ARTICLE[name] for name in examples.ARTICLE["signed_fields"]}
    document = build_document(
        article_id=signed["id"],
        body=body,
        **{
            **{name: signed[name] for name in ("title", "also_called", "summary")},
            **{name: signed[name] for name in ("authors", "references", "codes", "related_ids")},
            "audience": signed["audience"],
            "language": language,
            **{name: changes.pop(name) for name in list(changes) if name in signed},
        },
    )
    return {**examples.ARTICLE, "links": [examples.OTHER], **document, **changes}


WITHDRAWN = {
    "status": "withdrawn",
    "review_status": None,
    "ended": "2026-04-01T10:00:00Z",
    "withdrawal": examples_of_problems.WITHDRAWAL,
}
EXPIRED = {"status": "expired", "review_status": None, "ended": "2028-04-01T00:00:00Z"}
SUPERSEDED = {"status": "superseded", "review_status": None, "ended": "2026-05-01T10:00:00Z"}
OVERDUE = {"review_status": "overdue"}
