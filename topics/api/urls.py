"""The addresses of version 1 of the API."""

from django.urls import path

from topics.api.articles import ArticleListView, ArticleView
from topics.api.categories import CategoryListView
from topics.api.changes import ChangeListView
from topics.api.docs import DocsView, SchemaView
from topics.api.editions import EditionListView, EditionView
from topics.api.root import ProblemListView, ProblemView, RootView

app_name = "api"
urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("articles/", ArticleListView.as_view(), name="articles"),
    path("articles/<str:reference>/", ArticleView.as_view(), name="article"),
    path("articles/<str:reference>/editions/", EditionListView.as_view(), name="editions"),
    path("articles/<str:reference>/editions/<int:number>/", EditionView.as_view(), name="edition"),
    path("changes/", ChangeListView.as_view(), name="changes"),
    path("categories/", CategoryListView.as_view(), name="categories"),
    path("problems/", ProblemListView.as_view(), name="problems"),
    path("problems/<slug:name>/", ProblemView.as_view(), name="problem"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
]
