"""The addresses of the desk: a page for every act on a version, an edition or an article."""

from django.urls import path

from topics.admin.desk.views import EditionActView, OpenVersionView, RecategoriseView, VersionActView


def desk_urls(admin_site):
    """The desk's paths, to stand before the site's own; their names live in its namespace."""

    def page(view):
        return admin_site.admin_view(view.as_view(admin_site=admin_site))

    return [
        path("desk/versions/<int:pk>/<slug:act>/", page(VersionActView), name="version_act"),
        path("desk/editions/<int:pk>/<slug:act>/", page(EditionActView), name="edition_act"),
        path("desk/articles/<int:pk>/open-version/", page(OpenVersionView), name="open_version"),
        path("desk/articles/<int:pk>/category/", page(RecategoriseView), name="recategorise"),
    ]
