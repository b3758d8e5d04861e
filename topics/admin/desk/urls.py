"""The addresses of the desk: a page for every act on a version, an edition or an article."""

from django.urls import path

from topics.admin.desk.assign_many import AssignManyView
from topics.admin.desk.calendar import calendar
from topics.admin.desk.me import MyView
from topics.admin.desk.periodic import PeriodicReviewView
from topics.admin.desk.previews import PreviewsView
from topics.admin.desk.replacements import PublicArticlesView
from topics.admin.desk.reviewing import FollowView, RemarkView, ReviewDeskView, SignView
from topics.admin.desk.side_by_side import SideBySideView
from topics.admin.desk.together import TogetherView
from topics.admin.desk.translating import CatchUpView, TranslateView
from topics.admin.desk.translations import TranslationsView
from topics.admin.desk.views import EditionActView, OpenVersionView, RecategoriseView, VersionActView
from topics.admin.licensing.keys import KeysView
from topics.admin.licensing.licence import LicenceView
from topics.admin.licensing.usage import UsageView
from topics.admin.redline.views import CompareView, RedlineView
from topics.admin.timeline.record import RecordView
from topics.admin.timeline.views import TimelineView
from topics.admin.writing.views import ArticleSearchView, ReferenceView, TypedView


def desk_urls(admin_site):
    """The desk's paths, to stand before the site's own; their names live in its namespace."""

    def page(view):
        return admin_site.admin_view(view.as_view(admin_site=admin_site))

    def show_calendar(request):
        return calendar(request, admin_site)

    return [
        path("desk/calendar/", admin_site.admin_view(show_calendar), name="calendar"),
        path("me/", page(MyView), name="me"),
        path("desk/public-articles/", page(PublicArticlesView), name="public_articles"),
        path("desk/periodic-review/", page(PeriodicReviewView), name="periodic_review"),
        path("desk/release-together/", page(TogetherView), name="release_together"),
        path("desk/versions/<int:pk>/previews/", page(PreviewsView), name="preview_links"),
        path("desk/versions/<int:pk>/typed/", page(TypedView), name="version_typed"),
        path("desk/articles/search/", page(ArticleSearchView), name="article_search"),
        path("desk/articles/<uuid:public_id>/", page(ReferenceView), name="article_reference"),
        path("desk/assign/", page(AssignManyView), name="assign_many"),
        path("desk/translations/", page(TranslationsView), name="translations"),
        path("desk/translations/<int:pk>/", page(SideBySideView), name="side_by_side"),
        path("desk/editions/<int:pk>/translate/", page(TranslateView), name="translate"),
        path("desk/articles/<int:pk>/catch-up/", page(CatchUpView), name="catch_up"),
        path("desk/versions/<int:pk>/review/", page(ReviewDeskView), name="review_desk"),
        path("desk/versions/<int:pk>/remark/", page(RemarkView), name="remark"),
        path("desk/versions/<int:pk>/remarks/<int:thread>/", page(FollowView), name="remark_follow"),
        *(
            path(f"desk/versions/<int:pk>/{act}/", page(SignView), {"act": act})
            for act in ("sign_off", "return_as_reviewer")
        ),
        path("desk/versions/<int:pk>/<slug:act>/", page(VersionActView), name="version_act"),
        path("desk/editions/<int:pk>/record/", page(RecordView), name="edition_record"),
        path("desk/editions/<int:pk>/<slug:act>/", page(EditionActView), name="edition_act"),
        path("desk/articles/<int:pk>/open-version/", page(OpenVersionView), name="open_version"),
        path("desk/articles/<int:pk>/category/", page(RecategoriseView), name="recategorise"),
        path("desk/articles/<int:pk>/timeline/", page(TimelineView), name="timeline"),
        path("desk/licensees/<int:pk>/licence/", page(LicenceView), name="licensee_licence"),
        path("desk/licensees/<int:pk>/keys/", page(KeysView), name="licensee_keys"),
        path("desk/licensees/<int:pk>/usage/", page(UsageView), name="licensee_usage"),
        path("desk/redline/", page(CompareView), name="redline_choose"),
        path("desk/redline/<int:before>/<int:after>/", page(RedlineView), name="redline"),
    ]
