"""The redline as a page shows it: `rendered(redline)` for any page of the admin.

It holds, one below the other: what changed clinically, each entry a link to its passage; how much
changed; the document with its marks, long unchanged stretches folded. What came is `<ins>`, what went
`<del>`, and both say so to those who hear the page. It needs no script. The page that shows it
puts the stylesheets `topics/clinical.css` and `topics/redline.css` into its block `page_style`. Headings
begin at h2.
"""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from topics.admin.redline.clinical import listed
from topics.admin.redline.fields import field_rows
from topics.admin.redline.names import articles_of, linked
from topics.admin.redline.sections import Beside, sections
from topics.rules.redline import Redline, redline
from topics.rules.redline.fields import AFTER_BODY, BEFORE_BODY

__all__ = ["FOOT", "HEAD", "redline", "rendered"]

HEAD, FOOT = "head:", "foot:"
"""What no section has as its anchor."""


def rendered(
    found: Redline,
    *,
    articles: Mapping | None = None,
    clinical: bool = True,
    beside: Beside | None = None,
) -> SafeString:
    """The redline as HTML; one query, for the articles that it links to, where there are any.

    A page that has these `articles`, or lists the clinical changes itself, says so. `beside` is what it
    has to say of single blocks; with it, every part names where in the document it stands. What is said
    of the fields before and after the body has `HEAD` and `FOOT` for its anchor.
    """
    if articles is None:
        articles = articles_of(found.before, found.after)
    context = {
        "redline": found,
        "clinical": listed(found, articles) if clinical else None,
        "counts": found.counts,
        "lang": found.after.get("language", ""),
        "before_body": field_rows(found.fields, BEFORE_BODY, articles),
        "after_body": field_rows(found.fields, AFTER_BODY, articles),
        "sections": linked(sections(found.sections, beside), articles),
        "parts": beside is not None,
        "head": (beside or {}).get((HEAD, None), ""),
        "foot": (beside or {}).get((FOOT, None), ""),
    }
    return render_to_string("topics/desk/redline/redline.html", context)
