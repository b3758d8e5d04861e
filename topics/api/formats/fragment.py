"""The HTML fragment: one `<article>` to put into another page, with its warnings and attribution.

It holds no script, style, image, form, event handler or inline style; its ids begin with the slug, so
that two articles fit on one page. The signed HTML is copied; only links between articles are written
anew.
"""

from html import escape

from django.conf import settings

from topics.api.formats import facts
from topics.api.formats.links import addresses, resolved

TITLE_LEVEL = 2
"""The heading level of the title where none is chosen."""


def render(article, *, base, heading_level=TITLE_LEVEL):
    """The fragment, with its title at `heading_level` and all other headings below it."""
    with facts.labelled_for(article):
        return Fragment(article, base, heading_level).text()


class Fragment:
    """An article on its way to HTML. Each method gives the HTML of one part, "" where it is empty."""

    def __init__(self, article, base, level):
        self.article, self.base, self.level = article, base, level
        self.links = addresses(article, base)
        self.heads = facts.headings()
        spoken = facts.label_language(article["language"])
        # A label that is in another language than the text says so (WCAG 2.2, 3.1.2).
        self.labelled = (
            {} if article["language"].split("-")[0] == spoken else {"lang": spoken, "dir": "ltr"}
        )

    def text(self):
        article = self.article
        parts = [
            self.heading(0, escape(article["title"], quote=False)),
            *map(self.warning, facts.warnings(article)),
            self.also_called(),
            element("p", words(article["summary"]), class_="summary") if article["summary"] else "",
            self.label("p", facts.written(article), class_="authors") if article["authors"] else "",
            *(self.section(one, 1) for one in article["sections"]),
            self.references(),
            self.listed("related", article["related"]),
            self.listed("translations", article["translations"]),
            *(self.directory(heading, lines) for heading, lines in facts.directory(article)),
            self.footer(),
        ]
        first = article["language"].split("-")[0]
        return element(
            "article",
            "\n".join(["", *filter(None, parts), ""]),
            lang=article["language"],
            dir="rtl" if first in settings.LANGUAGES_BIDI else "ltr",
            data_id=article["id"],
            data_edition=article["edition"],
            data_digest=article["digest"],
            data_status=article["status"],
            data_review_status=article["review_status"],
        )

    def heading(self, depth, html, **attributes):
        """A heading so far below the title. HTML has six levels; ARIA counts on."""
        level = self.level + depth
        beyond = {"aria_level": level} if level > 6 else {}
        return element(f"h{min(level, 6)}", html, **beyond, **attributes)

    def label(self, tag, text, **attributes):
        return element(tag, words(text), **self.labelled, **attributes)

    def warning(self, warning):
        """Capitals, bold and `<mark>`: seen on a page that has no style for it, too."""
        told = f"{element('mark', words(f'{warning.word.upper()}.'))} {words(warning.sentence)}"
        body = self.label_html("p", element("strong", told))
        if warning.explanation:
            body += element("p", words(warning.explanation))
        if warning.instead:
            body += self.label_html("p", f"{words(self.heads['instead'])}: {self.link(warning.instead)}")
        return element("div", body, role="note", class_="warning")

    def label_html(self, tag, html, **attributes):
        return element(tag, html, **self.labelled, **attributes)

    def link(self, item):
        more = {"hreflang": item["language"], "lang": item["language"]}
        return element("a", words(item["title"]), href=self.base + item["url"], **more)

    def also_called(self):
        names = "; ".join(self.article["also_called"])
        label = self.label("span", f"{self.heads['also_called']}:")
        return element("p", f"{label} {words(names)}", class_="also-called") if names else ""

    def section(self, section, depth):
        inner = [
            self.heading(depth, words(section["heading"])) if section["heading"] else "",
            resolved(section["html"], self.links),
            *(self.section(one, depth + 1) for one in section["sections"]),
        ]
        tag = "section" if section["heading"] else "div"
        anchor = f"{self.article['slug']}-{section['id']}"
        return element(tag, "".join(inner), id=anchor)

    def references(self):
        items = []
        for source in facts.sources(self.article):
            links = [
                element("a", words(text), href=to) if to else words(text) for text, to in source.links
            ]
            items.append(element("li", " ".join([element("cite", words(source.title)), *links])))
        return self.block("references", element("ol", "".join(items))) if items else ""

    def listed(self, name, found):
        items = "".join(element("li", self.link(item)) for item in found)
        return self.block(name, element("ul", items)) if items else ""

    def directory(self, heading, lines):
        items = (element("a", words(text), href=to) if safe(to) else words(text) for text, to in lines)
        listed = element("ul", "".join(element("li", item) for item in items))
        head = self.heading(1, words(heading), **self.labelled)
        return element("section", head + listed, class_="directory")

    def block(self, name, html):
        return element(
            "section", self.heading(1, words(self.heads[name]), **self.labelled) + html, class_=name
        )

    def footer(self):
        article = self.article
        facts_told = [*facts.dates(article), *facts.identity(article, self.base)]
        about = self.heading(1, words(self.heads["about"]), **self.labelled)
        reviews = "".join(self.label("li", facts.reviewed(review)) for review in article["reviews"])
        codes = facts.codes(article)
        if codes:
            facts_told.append(facts.Fact(self.heads["codes"], "; ".join(codes)))
        told = "".join(self.fact(fact) for fact in facts_told)
        notices = "".join(self.notice(fact) for fact in facts.notices(article))
        return element(
            "footer", about + element("ul", reviews, class_="reviews") + element("dl", told) + notices
        )

    def fact(self, fact):
        value = words(fact.value)
        value = self.label_html("time", value, datetime=fact.exact) if fact.exact else value
        return self.label("dt", fact.label) + element("dd", value)

    def notice(self, fact):
        paragraphs = (part.strip() for part in fact.value.split("\n\n"))
        text = "".join(element("p", words(part)) for part in paragraphs if part)
        label = self.label_html("p", element("strong", words(fact.label)))
        return element("div", label + text, class_="notice")


def safe(address):
    """Whether an address is one of the web, to which a link may lead."""
    return facts.WEB.match(address)


def words(text):
    """Plain text as HTML; its line breaks stay."""
    return escape(text, quote=False).replace("\n", "<br>")


def element(tag, html, **attributes):
    """An element; `class_` and `data_id` are the attributes `class` and `data-id`, None is left out."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{html}</{tag}>"
