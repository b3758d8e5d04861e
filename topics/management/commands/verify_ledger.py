"""`manage.py verify_ledger`: proves the audit trail and what is public, or names what is wrong."""

from django.core.management.base import BaseCommand, CommandError

from topics.models import AuditEntry, walls
from topics.publishing.evidence import unproven_editions
from topics.publishing.remarks import unproven_remarks
from topics.publishing.trail import broken_batches, lost_acts
from topics.workflow.ledger import broken_links


class Command(BaseCommand):
    help = (
        "Walks the hash chain of the audit trail, checks that every edition was signed as its policy "
        "asks and is in the trail, and that the database's walls stand. Exits with 1 where not."
    )

    def handle(self, **options):
        found = [f"entry {number} {wrong}" for number, wrong in broken_links()]
        found += [f"edition {edition.pk} ({edition}) {wrong}" for edition, wrong in unproven_editions()]
        found += [f"batch {batch.pk} ({batch}) {wrong}" for batch, wrong in broken_batches()]
        found += [f"remark {remark.pk} {wrong}" for remark, wrong in unproven_remarks()]
        found += [f"entry {entry.number} {wrong}" for entry, wrong in lost_acts()]
        found += [f"the wall {name} is not standing: run manage.py migrate" for name in walls.missing()]
        for sentence in found:
            self.stderr.write(self.style.ERROR(sentence))
        if found:
            raise CommandError(f"{len(found)} faults were found.")
        self.stdout.write(self.style.SUCCESS(head()))


def head():
    """What to keep outside of this database: only it can show that the trail's end was cut off."""
    entry = AuditEntry.objects.order_by("-number").first()
    if entry is None:
        return "The audit trail is empty."
    return (
        f"The audit trail is whole: {entry.number} entries, the newest of "
        f"{entry.at:%Y-%m-%d %H:%M:%S} UTC, {entry.hash}"
    )
