"""Lists as CSV: row by row, whatever their length, and harmless to a spreadsheet that opens them."""

import csv
import re
from datetime import date, datetime, timezone
from itertools import islice

from django.http import StreamingHttpResponse
from django.utils import translation

BATCH = 500
BYTE_ORDER_MARK = "\ufeff"
"""What Excel needs to read UTF-8; other readers take it for a part of the first heading."""

FORMULA = re.compile(r"(?:\A|[;,\t\r\n])[\s\u200b\ufeff\"']*[=+\-@＝＋－＠]|\A[\t\r\n]")
"""Where a text has what a spreadsheet would run: at its beginning, or after what separates cells where
lists have semicolons or tabs (OWASP, CSV injection)."""


class Line:
    """A file for the writer of the standard library that hands each line back."""

    def write(self, text):
        return text


def cell(value):
    """A value as text: instants in UTC as ISO 8601; nothing that could be run as a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return "'" + FORMULA.sub(apart, text) if FORMULA.search(text) else text


def apart(found):
    """The same sign with a quote before it, so that it begins no formula wherever a cell begins."""
    return found[0] if found.start() == 0 else f"{found[0][:-1]}'{found[0][-1]}"


def batches(keys):
    keys = iter(keys)
    while batch := list(islice(keys, BATCH)):
        yield batch


def lines(columns, keys, rows, *, mark, language):
    """The export line by line. `rows` gives the rows of a batch of keys, in their order."""
    writer = csv.writer(Line())
    with translation.override(language):
        heading = writer.writerow([cell(heading) for heading, _value in columns])
    yield (BYTE_ORDER_MARK if mark else "") + heading
    for batch in batches(keys):
        # Whoever reads slowly has other requests in between: the language is chosen for each batch.
        with translation.override(language):
            text = [writer.writerow([cell(value(row)) for _, value in columns]) for row in rows(batch)]
        yield "".join(text)


def exported(columns, queryset, rows, *, name, mark):
    """The reply that streams all rows of a list. `mark` puts a byte order mark in front, for Excel."""
    keys = queryset.values_list("pk", flat=True).iterator(chunk_size=BATCH)
    body = lines(columns, keys, rows, mark=mark, language=translation.get_language())
    response = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response
