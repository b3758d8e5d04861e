"""What is English on a page that was asked for in Spanish."""

import re

from django.http import HttpResponse

from tests.admin.desk import text_of

SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es"}
ENGLISH = re.compile(
    r"\b(?:[Tt]he|[Yy]our?|[Nn]othing|[Ww]ith|[Ss]ince|[Bb]y|[Ss]igned|[Ww]aiting|[Cc]hoose|[Ss]earch|[Ss]ave|"
    r"[Cc]hange[ds]?|[Aa]dd|[Hh]istory|[Bb]ack|[Ll]anguage|[Cc]ategory|[Kk]ind|[Rr]emarks?|[Rr]eview(?:er)?s?|"
    r"[Ee]ditions?|[Aa]rticles?|[Dd]rafts?|[Nn]otices?|[Aa]uthors?|[Pp]assword|[Ll]og|[Ww]rit(?:e|ing)|[Dd]ue|"
    r"[Nn]obody|[Ss]how|[Ff]ilter|[Aa]cts?|[Rr]ules|[Pp]eople|[Ww]ork|[Yy]esterday|[Tt]oday|ago|and|from|until)\b"
)
NAMES = re.compile(
    r"You cough up blood|You lose weight|What a cough is and what helps|Ada Author|Primary reviewer|"
    r"Category \d+|Policy \d+|\w+-\d+|State Board of Medicine|"
    r"I reviewed the whole article; it is clinically accurate and complete"
)


def leftovers(response):
    """English words on the page, apart from what people wrote, which stays as they wrote it."""
    page = response.content.decode()
    for written in (
        r"<article\b.*?</article>",
        r"<textarea\b.*?</textarea>",
        r"<blockquote\b.*?</blockquote>",
        r"<code\b.*?</code>",
        r'<(\w+)[^>]*\blang="en"[^>]*>.*?</\1>',
    ):
        page = re.sub(written, " ", page, flags=re.S)
    return sorted(set(ENGLISH.findall(NAMES.sub(" ", text_of(HttpResponse(page))))))
