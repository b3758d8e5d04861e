"""Plain text: the signed plain text of every section as it is, warnings before it, credits after it."""

from topics.api.formats import facts

UNDERLINES = "=-~"
"""Under the title, a heading, and every heading below that."""


def render(article, *, base):
    """The article as text in paragraphs, parted by blank lines; it ends with a line break."""
    with facts.labelled_for(article):
        return "\n\n".join(filter(None, paragraphs(article, base))) + "\n"


def paragraphs(article, base):
    heads = facts.headings()
    yield heading(article["title"], 0)
    for warning in facts.warnings(article):
        yield told(warning, heads, base)
    if article["also_called"]:
        yield f"{heads['also_called']}: {'; '.join(article['also_called'])}"
    yield article["summary"]
    yield facts.written(article)
    for section in article["sections"]:
        yield from of_section(section, 1)
    yield from listed(heads["references"], map(source_line, facts.sources(article)))
    for name in ("related", "translations"):
        yield from listed(heads[name], (linked(item, base) for item in article[name]))
    for head, lines in facts.directory(article):
        yield from listed(head, (f"{text} <{to}>" if to else text for text, to in lines))
    yield heading(heads["about"], 1)
    yield from map(facts.reviewed, article["reviews"])
    about = [*facts.dates(article), *facts.identity(article, base)]
    yield "\n".join(f"{fact.label}: {fact.value}" for fact in about)
    yield "; ".join(
        [f"{heads['codes']}: {codes}" for codes in ["; ".join(facts.codes(article))] if codes]
    )
    for notice in facts.notices(article):
        yield f"{notice.label}: {notice.value}"


def heading(text, depth):
    return f"{text}\n{UNDERLINES[min(depth, len(UNDERLINES) - 1)] * len(text)}"


def told(warning, heads, base):
    """A warning that can't be taken for a sentence of the text: in capitals, behind marks."""
    lines = [f"{warning.word.upper()}. {warning.sentence}", *warning.explanation.splitlines()]
    if warning.instead:
        lines.append(f"{heads['instead']}: {linked(warning.instead, base)}")
    return "\n".join(f"!! {line}" for line in lines)


def of_section(section, depth):
    if section["heading"]:
        yield heading(section["heading"], depth)
    yield section["text"]
    for inner in section["sections"]:
        yield from of_section(inner, depth + 1)


def listed(head, lines):
    lines = list(lines)
    if lines:
        yield heading(head, 1)
        yield "\n".join(f"- {line}" for line in lines)


def linked(item, base):
    return f"{item['title']} <{base}{item['url']}>"


def source_line(source):
    return " ".join([source.title, *(f"<{to}>" if to else text for text, to in source.links)])
