"""What is kept: articles, versions, people, signatures, editions and the ledger of acts."""

from topics.models.api_key import ApiKey, Usage
from topics.models.article import Article
from topics.models.audit import AuditEntry
from topics.models.batch import ReleaseBatch
from topics.models.category import Category, Specialty
from topics.models.directory import DirectoryEntry, DirectoryPlace
from topics.models.edition import Edition, Withdrawal
from topics.models.licensee import Licence, Licensee
from topics.models.marks import EditionMark
from topics.models.mention import Mention
from topics.models.notice import Notice
from topics.models.parts import Code, Reference, RelatedArticle, VersionAuthor
from topics.models.people import Author, Credential, Reviewer, ReviewerLanguage, User
from topics.models.policy import PolicyRole, ReviewPolicy
from topics.models.preview import PreviewLink
from topics.models.remark import Remark
from topics.models.search import SearchEntry, SearchName, SearchState, SearchText, SearchVector
from topics.models.signing import Assignment, Requirement, SignOff
from topics.models.source import SourceStatement
from topics.models.version import Contribution, Version
from topics.models.words import VersionWord

__all__ = [
    "ApiKey",
    "Article",
    "Assignment",
    "AuditEntry",
    "Author",
    "Category",
    "Code",
    "Contribution",
    "Credential",
    "DirectoryEntry",
    "DirectoryPlace",
    "Edition",
    "EditionMark",
    "Licence",
    "Licensee",
    "Mention",
    "Notice",
    "PolicyRole",
    "PreviewLink",
    "Reference",
    "RelatedArticle",
    "ReleaseBatch",
    "Remark",
    "Requirement",
    "ReviewPolicy",
    "Reviewer",
    "ReviewerLanguage",
    "SearchEntry",
    "SearchName",
    "SearchState",
    "SearchText",
    "SearchVector",
    "SignOff",
    "SourceStatement",
    "Specialty",
    "Usage",
    "User",
    "Version",
    "VersionAuthor",
    "VersionWord",
    "Withdrawal",
]
