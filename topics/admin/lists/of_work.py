"""Filters by the queues of "my work": the list behind each of its numbers."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.desk.queues import QUEUES, queues_of
from topics.admin.lists.filters import Choice, Links
from topics.rules.review_dates import utc_day


def narrowed(rows, name, request):
    now = timezone.now()
    return QUEUES[name].narrow(rows, user=request.user, now=now, today=utc_day(now))


class QueueChoice(Choice):
    """What waits, for whom the queues are; on the long lists."""

    title = _("my work")
    parameter_name = "queue"

    def options(self):
        return [(q.name, q.heading, "") for q in queues_of(self.request.user, self.model_admin.model)]

    def narrow(self, rows, value):
        return narrowed(rows, value, self.request)


class QueueFilter(Links):
    """The same as links beside a short list."""

    title = _("my work")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        self.request = request
        return [(queue.name, queue.heading) for queue in queues_of(request.user, model_admin.model)]

    def narrow(self, rows, value):
        return narrowed(rows, value, self.request)
