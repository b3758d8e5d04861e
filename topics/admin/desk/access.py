"""Who may see what: a reviewer what they were asked to sign, the other roles everything."""

from django.db.models import Exists, OuterRef, Q

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
    return Version.objects.filter(
        Exists(Assignment.objects.filter(version=OuterRef("pk"), reviewer__user=user))
    )


def visible_articles(user):
    """The articles of the versions that the account may look at."""
    if not (user.is_active and user.has_perm("topics.view_article")):
        return Article.objects.none()
    if sees_every_version(user):
        return Article.objects.all()
    asked = Assignment.objects.filter(version__article=OuterRef("pk"), reviewer__user=user)
    return Article.objects.filter(Exists(asked))


def visible_editions(user, *, at):
    """The editions that the account may look at; a reviewer's are theirs and what is public."""
    if not (user.is_active and user.has_perm("topics.view_edition")):
        return Edition.objects.none()
    if sees_every_version(user):
        return Edition.objects.all()
    public = Edition.objects.in_force(at=at).values("pk")
    return Edition.objects.filter(Q(pk__in=public) | Q(version__in=visible_versions(user)))
