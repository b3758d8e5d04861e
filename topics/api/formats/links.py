"""Links from one article to another: in a representation they are addresses, or plain words.

In the signed text such a link is `article:` and the public id. Only the articles in force that the
reply names in `links` can be followed; of any other link the words stay.
"""

import re

LINK = re.compile(r'<a href="article:([0-9a-f-]{36})">(.*?)</a>', re.DOTALL)


def addresses(article, base):
    """The articles in force that the text links to: public id to address."""
    return {item["id"]: base + item["url"] for item in article["links"]}


def resolved(html, known):
    """The HTML of a section with links to articles as addresses, or as their words alone."""

    def address(link):
        to, words = link[1], link[2]
        return f'<a href="{known[to]}">{words}</a>' if to in known else words

    return LINK.sub(address, html)
