"""Pages of articles in a stable order: an article keeps its place while others come and go."""

import re

from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination

from topics.api.problems import Problem

MOST = 100
LONGEST_CURSOR = 200
POSITION = re.compile(r"[0-9]{1,18}\Z")


class ArticlePagination(CursorPagination):
    """By the article's place in the database; a cursor only says where in the live list to go on."""

    ordering = "article_id"
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = MOST

    def decode_cursor(self, request):
        given = request.query_params.get(self.cursor_query_param)
        if given is None:
            return None
        try:
            cursor = super().decode_cursor(request) if len(given) <= LONGEST_CURSOR else None
        except NotFound:
            cursor = None
        # There is one article in a place, so an offset is never issued and neither is no position.
        if cursor is None or cursor.offset or not POSITION.match(cursor.position or ""):
            raise Problem("bad-cursor", parameter=self.cursor_query_param)
        return cursor
