"""The addresses of version 1 of the API."""

from django.urls import path

from topics.api.articles import ArticleView
from topics.api.articles_list import ArticleListView, SearchView
from topics.api.categories import CategoryListView
from topics.api.changes import ChangeListView
from topics.api.changes_feed import ChangeFeedView
from topics.api.docs import DocsView, SchemaView
from topics.api.editions import EditionListView, EditionView
from topics.api.provenance import EditionProvenanceView, ProvenanceView
from topics.api.root import ProblemListView, ProblemView, RootView
from topics.api.search import SuggestView
from topics.api.standards.asking import ConnectView, InfobuttonView
from topics.api.standards.nhs import NhsListView, NhsPageView

app_name = "api"
urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("articles/", ArticleListView.as_view(), name="articles"),
    path("articles/<str:reference>/", ArticleView.as_view(), name="article"),
    path("articles/<str:reference>/editions/", EditionListView.as_view(), name="editions"),
    path("articles/<str:reference>/editions/<int:number>/", EditionView.as_view(), name="edition"),
    path("articles/<str:reference>/provenance/", ProvenanceView.as_view(), name="provenance"),
    path(
        "articles/<str:reference>/editions/<int:number>/provenance/",
        EditionProvenanceView.as_view(),
        name="edition-provenance",
    ),
    path("search/", SearchView.as_view(), name="search"),
    path("suggest/", SuggestView.as_view(), name="suggest"),
    path("changes/", ChangeListView.as_view(), name="changes"),
    path("changes/feed/", ChangeFeedView.as_view(), name="changes-feed"),
    path("categories/", CategoryListView.as_view(), name="categories"),
    path("connect/", ConnectView.as_view(), name="connect"),
    path("infobutton/", InfobuttonView.as_view(), name="infobutton"),
    path("nhs/conditions/", NhsListView.as_view(), name="nhs"),
    path("nhs/conditions/<str:reference>/", NhsPageView.as_view(), name="nhs-page"),
    path("problems/", ProblemListView.as_view(), name="problems"),
    path("problems/<slug:name>/", ProblemView.as_view(), name="problem"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
]
