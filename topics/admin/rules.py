"""The rules of review: categories as a tree, review policies with their roles, specialties."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from topics.admin.columns import category_tree
from topics.admin.configuration import ConfigurationAdmin
from topics.admin.lists.of_work import QueueFilter
from topics.admin.specialties import TickedSpecialties
from topics.models import PolicyRole
from topics.publishing.directory import place_directory
from topics.publishing.licences import follow_the_tree


class RoleInline(TickedSpecialties, admin.StackedInline):
    """The sign-offs that a policy asks for, in order."""

    model = PolicyRole
    extra = 0
    fields = [("position", "role", "label"), "specialties", "own_specialty"]


class ReviewPolicyAdmin(ConfigurationAdmin):
    list_display = ("name", "interval_months", "warning_days", "overdue", "asks_for", "used_by")
    search_fields = ("name",)
    inlines = (RoleInline,)
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "name",
                    ("interval_months", "warning_days"),
                    ("when_overdue", "grace_days"),
                ],
                "description": _("A change binds only what is submitted afterwards."),
            },
        ),
    )

    def get_queryset(self, request):
        policies = super().get_queryset(request).prefetch_related("roles")
        return policies.annotate(in_categories=Count("categories", distinct=True))

    @admin.display(description=_("asks for"))
    def asks_for(self, policy):
        return ", ".join(role.label for role in policy.roles.all()) or None

    @admin.display(description=_("when overdue"), ordering="when_overdue")
    def overdue(self, policy):
        return policy.get_when_overdue_display()

    @admin.display(description=_("categories"), ordering="in_categories")
    def used_by(self, policy):
        return policy.in_categories


class TreeChangeList(ChangeList):
    """The whole tree on one page, each category below its parent."""

    def get_results(self, request):
        super().get_results(request)
        found = {category.pk for category in self.result_list}
        tree = []
        for category, depth in category_tree():
            if category.pk in found:
                category.depth = depth
                tree.append(category)
        self.result_list = tree


class CategoryAdmin(ConfigurationAdmin):
    list_display = ("indented", "slug", "policy_here", "specialty_here", "grade_here")
    list_filter = (QueueFilter,)
    search_fields = ("name", "slug")
    list_per_page = 10_000
    list_max_show_all = 10_000
    sortable_by = ()
    fields = ["name", "slug", "parent", "policy", "specialty", ("target_grade", "grade_rule")]
    prepopulated_fields = {"slug": ["name"]}

    def get_changelist(self, request, **kwargs):
        return TreeChangeList

    def save_model(self, request, obj, form, change):
        """Licences and directories are by category: they follow the tree in the same transaction."""
        super().save_model(request, obj, form, change)
        if not change or {"parent", "specialty"} & set(form.changed_data):
            follow_the_tree(actor=request.user, at=request.act_at)

    @admin.display(description=_("name"))
    def indented(self, category):
        depth = min(category.depth, 9)
        return format_html('<span class="depth depth-{}">{}</span>', depth, category.name)

    @admin.display(description=_("review policy"))
    def policy_here(self, category):
        return inherited(category.effective_policy(), own=category.policy_id)

    @admin.display(description=_("specialist's specialty"))
    def specialty_here(self, category):
        return inherited(category.effective_specialty(), own=category.specialty_id)

    @admin.display(description=_("target grade"))
    def grade_here(self, category):
        target = category.effective_target_grade()
        if target is None:
            return None
        shown = format_html("{} ({})", target, category.effective_grade_rule().label)
        return inherited(shown, own=category.target_grade is not None)


def inherited(value, *, own):
    """A value with a note where it comes from an ancestor; None where there is none."""
    if value is None:
        return None
    if own:
        return value
    return format_html('{} <span class="quiet">{}</span>', value, _("(as its parent)"))


class SpecialtyAdmin(ConfigurationAdmin):
    list_display = ("name", "held_by")
    search_fields = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(reviewer_count=Count("reviewers"))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        place_directory()

    @admin.display(description=_("reviewers"), ordering="reviewer_count")
    def held_by(self, specialty):
        return specialty.reviewer_count
