"""The record of approval of an edition, to read and to print: who signed what, and the proof of it."""

import json
from datetime import datetime
from datetime import timezone as zones

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from topics.admin.columns import standing
from topics.admin.desk.access import visible_editions
from topics.admin.entries import told
from topics.admin.moments import shown_in
from topics.publishing.approval import approval_of


class RecordView(View):
    """One edition's record. The digest and the hashes are computed anew each time it is opened.

    Who may look at the edition may look at its record; the acts in the ledger are shown to those who
    may read the ledger.
    """

    admin_site = None

    def get(self, request, pk):
        now = timezone.now()
        editions = visible_editions(request.user, at=now).select_related(
            "version__policy", "article", "category", "released_by", "withdrawal__withdrawn_by"
        )
        edition = get_object_or_404(editions, pk=pk)
        approval = approval_of(edition)
        with shown_in(zones.utc):
            told([link.entry for link in approval.links])
        record = json.loads(edition.record)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Record of approval"),
            "edition": edition,
            "record": record,
            "signatures": [signature(*signed, edition) for signed in approval.signatures],
            "authors": json.loads(edition.document)["authors"],
            "approval": approval,
            "standing": standing(edition, at=now),
            "now": now,
            "reads_ledger": request.user.has_perm("topics.view_auditentry"),
        }
        return TemplateResponse(request, "topics/desk/timeline/record.html", context)


def signature(review, sign_off, edition):
    """A sign-off as it is printed, with its instant, the credential of that day, and what it covers."""
    return {
        **review,
        "at": datetime.fromisoformat(review["signed_at"].replace("Z", "+00:00")),
        "credential": sign_off and sign_off.printed_credential(),
        "covers": review["digest"] == edition.digest,
    }
