"""What is kept: articles, versions, people, signatures, editions and the ledger of acts."""

from topics.models.article import Article
from topics.models.audit import AuditEntry
from topics.models.category import Category, Specialty
from topics.models.edition import Edition, Withdrawal
from topics.models.notice import Notice
from topics.models.parts import Code, Reference, RelatedArticle, VersionAuthor
from topics.models.people import Author, Credential, Reviewer, User
from topics.models.policy import PolicyRole, ReviewPolicy
from topics.models.signing import Assignment, Requirement, SignOff
from topics.models.source import SourceStatement
from topics.models.version import Contribution, Version

__all__ = [
    "Article",
    "Assignment",
    "AuditEntry",
    "Author",
    "Category",
    "Code",
    "Contribution",
    "Credential",
    "Edition",
    "Notice",
    "PolicyRole",
    "Reference",
    "RelatedArticle",
    "Requirement",
    "ReviewPolicy",
    "Reviewer",
    "SignOff",
    "SourceStatement",
    "Specialty",
    "User",
    "Version",
    "VersionAuthor",
    "Withdrawal",
]
