"""Who may see what: a reviewer what they were asked to sign, the other roles everything."""

from django.db.models import OuterRef, Subquery

from topics.models import Article, Assignment, Edition, Version


def sees_every_version(user):
    """Whether the account follows reviews as a whole: every role but the medical reviewers'."""
    return user.has_perm("topics.view_requirement")


def visible_versions(user):
    """The versions that the account may look at. Who was asked once may still look."""
    if not (user.is_active and user.has_perm("topics.view_version")):
        return Version.objects.none()
    if sees_every_version(user):
        return Version.objects.all()
    return Version.objects.filter(pk__in=asked_of(user).values("version"))


def asked_of(user):
    """Every assignment of the account, also ended ones.

    The questions here name its versions as a set: asked version by version, SQLite would go through
    the reviewer's whole past for each row of a list.
    """
    return Assignment.objects.filter(reviewer__user=user).order_by()


def visible_articles(user):
    """The articles of the versions that the account may look at."""
    if not (user.is_active and user.has_perm("topics.view_article")):
        return Article.objects.none()
    if sees_every_version(user):
        return Article.objects.all()
    return Article.objects.filter(pk__in=asked_of(user).values("version__article"))


def with_known_title(articles, user):
    """Articles with `known_title`: that of the newest version that the account may look at, if any."""
    newest = visible_versions(user).filter(article=OuterRef("pk")).order_by("-number")
    return articles.annotate(known_title=Subquery(newest.values("title")[:1]))


def visible_editions(user, *, at):
    """The editions that the account may look at; a reviewer's are theirs and what is public."""
    if not (user.is_active and user.has_perm("topics.view_edition")):
        return Edition.objects.none()
    if sees_every_version(user):
        return Edition.objects.all()
    theirs = Edition.objects.filter(version__in=asked_of(user).values("version"))
    return Edition.objects.in_force(at=at) | theirs
