"""What changed in a source, shown to who translates it anew, on every page on the way to submission."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import act_url, signed_in, text_of
from tests.admin.pages import refused_by_csp, url
from tests.once import once
from tests.stage import forget_permissions
from topics.models import Code, Edition, Reference
from topics.workflow import drafting
from topics.workflow.translating import catch_up, translate

SPANISH = (
    "<p>La mayoría se va sola.</p><h2>Tratamiento</h2><p>Beba mucha agua. Tome 5 mg por la noche.</p>"
    "<h2>Cuándo pedir ayuda</h2><ul><li>Tose sangre</li><li>Baja de peso</li></ul>"
)
NOW = make.BODY.replace("5 mg", "2 mg")


@once
def content():
    room = make.newsroom()
    source, original = make.released(room), make.released(room)
    article = make.released(room, spanish(room, original, slug="asma")).article
    next_edition(room, original.article)
    caught_up = catch_up(article, actor=room.writer)
    forget_permissions(room)
    return SimpleNamespace(room=room, source=source, caught_up=caught_up)


@pytest.fixture
def source(made):
    """An edition that is not translated."""
    return made.source


@pytest.fixture
def caught_up(made):
    """A draft that was taken on to the edition in which the dose is another."""
    return made.caught_up


def written(room, version, **changes):
    return drafting.edit(version, actor=room.writer, revision=version.revision, **changes)


def spanish(room, edition, slug="tos", **changes):
    version = translate(edition, language="es", slug=slug, actor=room.writer)
    return written(
        room, version, **{"title": "Tos", "summary": "Qué ayuda.", "body": SPANISH, **changes}
    )


def next_edition(room, article, **changes):
    return make.released(room, make.next_draft(room, article, **(changes or {"body": NOW})))


def side_by_side(user, version):
    return signed_in(user).get(reverse("admin:side_by_side", args=[version.pk]))


def draft_page(user, version, **headers):
    return signed_in(user).get(url("version_change", version.pk), headers=headers)


# Side by side ---------------------------------------------------------------------------------------


def test_it_marks_what_changed_in_the_source_with_its_clinical_changes_on_top(newsroom, caught_up):
    response = side_by_side(newsroom.writer, caught_up)
    text = text_of(response)
    assert "What changed in the source from edition 1 to edition 2" in text
    assert "1 clinical change against edition 1 of cough" in text
    assert "Treatment : changed in the source; still translated as before" in text
    html = response.content.decode()
    assert '<span class="hidden-text">removed: </span>5 mg</del>' in html
    assert '<span class="hidden-text">added: </span>2 mg</ins>' in html
    (clinical,) = response.context["clinical"].first
    assert f'id="{clinical.target}"' in html
    assert html.index("Number or dose") < html.index('id="redline"')
    assert refused_by_csp(response) == []


def test_a_section_that_was_translated_anew_is_no_more_left_over(newsroom, caught_up):
    version = written(newsroom, caught_up, body=SPANISH.replace("5 mg", "2 mg"))
    response = side_by_side(newsroom.writer, version)
    assert "changed in the source the translation was changed since" in text_of(response)
    assert response.context["marked"] == []


def test_a_translation_that_was_never_taken_on_shows_no_change(newsroom, source):
    response = side_by_side(newsroom.writer, spanish(newsroom, source))
    assert response.context["changes"] is None
    assert "What changed in the source" not in text_of(response)


def test_reviewers_see_what_changed_in_the_source(newsroom, caught_up):
    version = written(newsroom, caught_up, change_note="2 mg.")
    version = make.in_medical_review(newsroom, version)
    text = text_of(side_by_side(newsroom.primary.user, version))
    assert "Treatment : changed in the source; still translated as before" in text


def test_a_section_that_the_source_dropped_stands_beside_what_translated_it(newsroom, source):
    version = spanish(newsroom, source)
    dropped = "<p>Most coughs clear up on their own.</p>" + make.BODY[make.BODY.index("<h2>When") :]
    next_edition(newsroom, source.article, body=dropped)
    version = catch_up(version.article, actor=newsroom.writer)
    rows = side_by_side(newsroom.writer, version).context["rows"]
    (row,) = [row for row in rows if row.changes]
    assert (row.heading, str(row.change)) == ("Treatment", "removed from the source")
    assert "<del>" in row.source and "Tratamiento" in row.translation
    assert row.following == "still translated as before"
    assert [row.heading for row in rows].count("Tratamiento") == 0
    gone = SPANISH.replace(SPANISH[SPANISH.index("<h2>T") : SPANISH.index("<h2>C")], "")
    rows = side_by_side(newsroom.writer, written(newsroom, version, body=gone)).context["rows"]
    (row,) = [row for row in rows if row.changes]
    assert (row.translation, row.is_marked) == ("", False)


def test_a_section_that_is_new_in_the_source_is_lacking(newsroom, source):
    version = spanish(newsroom, source)
    next_edition(newsroom, source.article, body=make.BODY + "<h2>Rest</h2><p>Stay in bed.</p>")
    version = catch_up(version.article, actor=newsroom.writer)
    text = text_of(side_by_side(newsroom.writer, version))
    assert (
        "Rest : new in the source, still translated as before; the translation lacks this section"
        in text
    )


def test_names_summary_references_and_codes_stand_side_by_side(newsroom):
    draft = make.draft(newsroom)
    Reference.objects.create(version=draft, title="A source", pmid="123")
    Code.objects.create(version=draft, system="icd-10-cm", code="R05", display="Cough")
    version = spanish(newsroom, make.released(newsroom, draft), also_called=["Tos seca"])
    version.codes.all().delete()
    Code.objects.create(version=version, system="icd-10-cm", code="R06", display="Otra")
    response = side_by_side(newsroom.writer, version)
    text = text_of(response)
    for words in ("Tussis", "Tos seca", "What a cough is and what helps.", "Qué ayuda.", "PMID 123"):
        assert words in text
    assert (
        "Codes : not in the translation: icd-10-cm R05; only in the translation: icd-10-cm R06" in text
    )


def test_fields_that_changed_in_the_source_are_marked_too(newsroom, source):
    version = spanish(newsroom, source)
    summary = "What a cough is, and what helps within 3 days."
    next_edition(newsroom, source.article, summary=summary, also_called=["Tussis", "Bark"])
    version = catch_up(version.article, actor=newsroom.writer)
    version = written(newsroom, version, summary="Qué ayuda en 3 días.")
    response = side_by_side(newsroom.writer, version)
    head = response.context["rows"][0]
    assert head.change == "changed in the source: the other names, the summary"
    assert head.following == "still translated as before: the other names"
    assert 'id="redline-field-summary"' in head.source


def test_text_of_either_side_is_never_markup(newsroom):
    hostile = "<script>alert(1)</script>"
    draft = make.draft(newsroom, title=f"A {hostile}", also_called=[hostile], summary=hostile)
    Reference.objects.create(version=draft, title=hostile, pmid="1")
    article = make.released(newsroom, draft).article
    version = spanish(newsroom, article.editions.get())
    next_edition(newsroom, article, title=f"B {hostile}", summary=f"More {hostile}", also_called=[])
    version = catch_up(version.article, actor=newsroom.writer)
    for page in (side_by_side(newsroom.writer, version), draft_page(newsroom.writer, version)):
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


def test_its_queries_do_not_grow_with_the_changes(newsroom, source, django_assert_num_queries):
    version = spanish(newsroom, source)
    client = signed_in(newsroom.writer)
    for body in (NOW, NOW.replace("2 mg", "1 mg"), NOW.replace("blood", "much blood")):
        next_edition(newsroom, source.article, body=body)
        catch_up(version.article, actor=newsroom.writer)
        client.get(reverse("admin:side_by_side", args=[version.pk]))
        with django_assert_num_queries(QUERIES):
            client.get(reverse("admin:side_by_side", args=[version.pk]))


QUERIES = 16

# The one act ----------------------------------------------------------------------------------------


def acts_of(response):
    html = response.content.decode()
    bar = html[html.index('<div class="act-bar"') :]
    return bar[: bar.index("</div>")]


def test_the_bar_holds_the_act_that_leads_on(newsroom, source):
    version = spanish(newsroom, source)
    assert "Edit the draft" in acts_of(side_by_side(newsroom.writer, version))
    next_edition(newsroom, source.article)
    bar = acts_of(side_by_side(newsroom.writer, version))
    assert reverse("admin:catch_up", args=[version.article_id]) in bar and "Edit" not in bar
    version = catch_up(version.article, actor=newsroom.writer)
    assert "Edit the draft" in acts_of(side_by_side(newsroom.writer, version))
    version = make.in_medical_review(newsroom, version)
    assert act_url(version, "sign_off") in acts_of(side_by_side(newsroom.primary.user, version))


def test_the_bar_is_hidden_where_nothing_leads_on(newsroom, source):
    version = make.submitted(newsroom, spanish(newsroom, source))
    bar = acts_of(side_by_side(newsroom.publisher, version))
    assert bar.startswith('<div class="act-bar" hidden>') and "act-primary" not in bar


# Beside the form, and on submission ------------------------------------------------------------------


def test_the_source_stands_beside_the_draft_folded_with_its_changes_marked(newsroom, caught_up):
    response = draft_page(newsroom.writer, caught_up)
    html, text = response.content.decode(), text_of(response)
    assert "The source, English, edition 2 1 changed" in text
    assert "Treatment changed in the source still translated as before" in text
    assert html.count('<details class="source-section') == 4
    assert html.count('<details class="source-section is-left">') == 1
    assert "2 mg</ins>" in html
    assert refused_by_csp(response) == []


def test_a_translation_that_was_not_taken_on_has_its_source_beside_it_too(newsroom, source):
    html = draft_page(newsroom.writer, spanish(newsroom, source)).content.decode()
    assert "Most coughs clear up on their own." in html
    assert "changed in the source" not in html


def test_an_original_has_no_source_beside_it(newsroom):
    assert "source-beside" not in draft_page(newsroom.writer, make.draft(newsroom)).content.decode()


def test_the_panel_names_what_is_left_for_what_is_typed(newsroom, caught_up):
    def told(body):
        typed = {"title": "Tos", "body": body, "summary": "Qué ayuda."}
        address = reverse("admin:version_typed", args=[caught_up.pk])
        return text_of(signed_in(newsroom.writer).post(address, typed))

    assert "still translated as before: “Treatment”" in told(SPANISH)
    assert "still translated as before" not in told(SPANISH.replace("5 mg", "2 mg"))


def test_submission_says_it_first_and_goes_through(newsroom, caught_up):
    version = written(newsroom, caught_up, change_note="As the source.")
    response = signed_in(newsroom.writer).get(act_url(version, "submit"))
    text = text_of(response)
    assert "It can be submitted, but look at this first" in text
    assert "still translated as before: “Treatment”" in text
    make.submitted(newsroom, version)
    assert Edition.objects.filter(article=version.article).count() == 1
