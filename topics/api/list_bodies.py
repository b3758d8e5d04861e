"""The bodies of lists, of search and of completion as serializers, for the schema and `fields=`."""

from rest_framework import serializers as s

from topics.api.bodies import CategoryName, ListedArticle, choice


class HighlightPart(s.Serializer):
    text = s.CharField(help_text="Plain text: escape it as any text.")
    match = s.BooleanField(help_text="Whether it is a word of the query.")


class Highlight(s.Serializer):
    field = choice(["title", "also_called", "heading", "summary", "body"])
    section = s.CharField(allow_null=True, help_text="The anchor of the section, in the body.")
    parts = HighlightPart(many=True)


class FoundArticle(ListedArticle):
    highlights = Highlight(many=True, required=False, help_text="Up to three; only with `q`.")


class CategoryCount(CategoryName):
    count = s.IntegerField()


class ValueCount(s.Serializer):
    value = s.CharField()
    count = s.IntegerField()


class Facets(s.Serializer):
    category = CategoryCount(many=True)
    language = ValueCount(many=True)
    audience = ValueCount(many=True)


class ArticleList(s.Serializer):
    """A page of articles. What follows `previous` is there only with `q`."""

    articles = FoundArticle(many=True)
    next = s.CharField(allow_null=True, help_text="Address of the next page.")
    previous = s.CharField(allow_null=True)
    total = s.IntegerField(required=False, help_text="How many were found.")
    matched = choice(
        ["all", "any"],
        required=False,
        help_text="`any` where no article has all words that matter: then those with some are found.",
    )
    facets = Facets(required=False, help_text="Of all that were found, the most first.")
    did_you_mean = s.CharField(
        required=False, allow_null=True, help_text="The query with misspelt words put right."
    )


class Suggestion(s.Serializer):
    text = s.CharField(help_text="A title, or another name of the article.")
    is_title = s.BooleanField()
    id = s.UUIDField()
    slug = s.CharField()
    language = s.CharField()
    url = s.CharField()


class SuggestionList(s.Serializer):
    suggestions = Suggestion(many=True)
