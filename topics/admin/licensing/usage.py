"""What a licensee read in the last thirty days: by day, and the articles most read."""

from datetime import timedelta

from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from topics.admin.licensing.page import LicenseeView
from topics.models import Edition, Usage
from topics.rules.review_dates import utc_day

DAYS = 30
MOST = 20


class UsageView(LicenseeView):
    template = "topics/licensing/usage.html"

    def get(self, request, pk):
        licensee = self.licensee(pk)
        today = utc_day(timezone.now())
        since = today - timedelta(days=DAYS - 1)
        rows = Usage.objects.filter(key__licensee=licensee, day__gte=since)
        by_day = dict(rows.order_by().values_list("day").annotate(n=Sum("requests")))
        days = [(since + timedelta(days=n)) for n in range(DAYS)]
        most = max(by_day.values(), default=0)
        return self.show(
            licensee,
            title=_("Usage"),
            total=sum(by_day.values()),
            days=[(day, by_day.get(day, 0), share(by_day.get(day, 0), most)) for day in reversed(days)],
            articles=most_read(rows),
            keys=rows.order_by().values("key__prefix", "key__label").annotate(n=Sum("requests")),
            most=MOST,
        )


def share(n, most):
    """How long a bar is, in whole percent; what is not nothing is seen."""
    return max(1, round(100 * n / most)) if n else 0


def most_read(rows):
    """The articles that were given most often, with the title that they had last."""
    newest = Edition.objects.filter(article=OuterRef("article")).order_by("-number")
    found = rows.order_by().values("article", "article__slug", "article__language")
    return found.annotate(n=Sum("requests"), title=Subquery(newest.values("title")[:1])).order_by(
        "-n", "article"
    )[:MOST]
