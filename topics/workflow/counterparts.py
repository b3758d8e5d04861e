"""The articles that say in one language what others say in another, and links that lead to them."""

import re

from topics.models import Article

_HREF = re.compile(r'(?<=<a href="article:)[0-9a-f-]{36}(?=">)')


def counterparts(articles, language):
    """By the id of each article that has one, its counterpart in the language or its base language.

    An article in the language is its own. One query, or none.
    """
    fitting = [language, language.split("-")[0]]
    found = {article.pk: article for article in articles if article.language == language}
    others = [article for article in articles if article.pk not in found]
    originals = {article.translation_of_id or article.pk for article in others}
    if not originals:
        return found
    family = Article.objects.filter(language__in=fitting)
    family = family.filter(pk__in=originals) | family.filter(translation_of__in=originals)
    # The more exact language last, so that it is the one that stays.
    there = {
        one.translation_of_id or one.pk: one for one in sorted(family, key=lambda one: len(one.language))
    }
    for article in others:
        one = there.get(article.translation_of_id or article.pk)
        if one is not None:
            found[article.pk] = one
    return found


def translated_links(body, language):
    """The HTML with links to articles led to their counterparts in the language, where there are some.

    Two queries, or none where nothing is linked.
    """
    ids = set(_HREF.findall(body))
    articles = list(Article.objects.filter(public_id__in=ids)) if ids else []
    theirs = counterparts(articles, language)
    new = {
        str(article.public_id): str(theirs[article.pk].public_id)
        for article in articles
        if article.pk in theirs
    }
    return _HREF.sub(lambda match: new.get(match[0], match[0]), body)
