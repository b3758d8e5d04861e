"""Which models have a page in the admin, and which page it is."""

from topics.admin.articles import ArticleAdmin
from topics.admin.editions import EditionAdmin
from topics.admin.ledger import AuditEntryAdmin
from topics.admin.licensing.lists import DirectoryEntryAdmin, LicenseeAdmin
from topics.admin.notices import NoticeAdmin
from topics.admin.people import AccountAdmin
from topics.admin.reviewers import AuthorAdmin, ReviewerAdmin
from topics.admin.rules import CategoryAdmin, ReviewPolicyAdmin, SpecialtyAdmin
from topics.admin.versions import VersionAdmin
from topics.models import (
    Article,
    AuditEntry,
    Author,
    Category,
    DirectoryEntry,
    Edition,
    Licensee,
    Notice,
    Reviewer,
    ReviewPolicy,
    Specialty,
    User,
    Version,
)

PAGES = {
    Article: ArticleAdmin,
    Version: VersionAdmin,
    Author: AuthorAdmin,
    Edition: EditionAdmin,
    Notice: NoticeAdmin,
    Licensee: LicenseeAdmin,
    DirectoryEntry: DirectoryEntryAdmin,
    User: AccountAdmin,
    Reviewer: ReviewerAdmin,
    Specialty: SpecialtyAdmin,
    Category: CategoryAdmin,
    ReviewPolicy: ReviewPolicyAdmin,
    AuditEntry: AuditEntryAdmin,
}


def register(site):
    """Called once the site is there: making it imports this package, so nothing can register itself."""
    for model, page in PAGES.items():
        site.register(model, page)
