"""FHIR narrative: the words of an edition as the XHTML that FHIR allows (R5, "Narrative").

That is HTML 4's text and tables: a call-out becomes a `div`. The signed HTML is well-formed already.
"""

from html import escape

from topics.api.formats import facts
from topics.api.formats.fragment import words
from topics.api.formats.links import addresses, resolved

ASIDES = (('<aside class="', '<div class="'), ("</aside>", "</div>"), ("<br>", "<br/>"))


def xhtml(language, html):
    """A Narrative of HTML in our vocabulary: `additional`, since structured data never says it all."""
    for ours, theirs in ASIDES:
        html = html.replace(ours, theirs)
    tag = escape(language)
    opening = f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{tag}" xml:lang="{tag}">'
    return {"status": "additional", "div": f"{opening}{html}</div>"}


def narrative(language, *paragraphs):
    """A Narrative of plain paragraphs; at least one has words."""
    return xhtml(language, "".join(f"<p>{words(one)}</p>" for one in paragraphs if one.strip()))


def of_section(section, article, base):
    """The signed words of one section, without those below it."""
    return xhtml(article["language"], resolved(section["html"], addresses(article, base)))


def of_article(article, base):
    """What stands before the sections: warnings, names, summary, authors, dates, which edition it is."""
    heads = facts.headings()
    html = "".join(
        f"<p><b>{words(one.word)}.</b> {words(one.sentence)}</p>" for one in facts.warnings(article)
    )
    html += f"<p><b>{words(article['title'])}</b></p>"
    if article["also_called"]:
        html += f"<p>{words(heads['also_called'])}: {words('; '.join(article['also_called']))}</p>"
    for line in (article["summary"], facts.written(article)):
        html += f"<p>{words(line)}</p>" if line else ""
    told = [*facts.dates(article), *facts.identity(article, base)]
    html += items(f"{fact.label}: {fact.value}" for fact in told)
    if article["codes"]:
        html += f"<p>{words(heads['codes'])}</p>{items(facts.codes(article))}"
    return xhtml(article["language"], html)


def of_sources(article):
    """The references with their addresses."""
    return xhtml(article["language"], items(map(source_line, facts.sources(article))))


def source_line(source):
    return " ".join([source.title, *(text for text, _ in source.links)])


def of_reviews(article):
    return xhtml(article["language"], items(map(facts.reviewed, article["reviews"])))


def items(lines):
    """A list of plain lines, "" for none."""
    listed = "".join(f"<li>{words(line)}</li>" for line in lines)
    return f"<ul>{listed}</ul>" if listed else ""
