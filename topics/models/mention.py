"""Mentions: which articles the text of a version links to, so that each can say what links to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mention(models.Model):
    """That the text of a version links to an article: an index, written with the text it is read from.

    The link itself is in the body, and so in what is signed. Frozen with its version.
    """

    version = models.ForeignKey("topics.Version", models.PROTECT, related_name="mentions")
    article = models.ForeignKey("topics.Article", models.PROTECT, related_name="mentioned_in")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "article"],
                name="mention_is_noted_once",
                violation_error_message=_("That the text links to this article is noted already."),
            )
        ]

    def __str__(self):
        return f"{self.article} in {self.version}"
