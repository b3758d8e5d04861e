"""A tree as XML: whatever it holds, a strict parser reads it back."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from topics.api.standards import markup

ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=40)


@given(ANYTHING, ANYTHING)
def test_any_text_is_well_formed_and_read_back(attribute, inner):
    text = markup.document("feed", {"lang": attribute, "title": {"_value": inner, "type": attribute}})
    root = ElementTree.fromstring(text.encode("utf-8"))
    (title,) = root
    assert title.get("type") == markup.held(attribute)
    assert (title.text or "") == markup.held(inner)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == markup.held(attribute)


def test_what_xml_cannot_hold_is_left_out():
    assert markup.held("a\x00\x0b\ud800\ufffe\uffffb\t\n\r🩺") == "ab\t\n\r🩺"


def test_lists_are_elements_of_one_name_and_texts_attributes():
    tree = {"author": [{"name": {"_value": "A"}}, {"name": {"_value": "B"}}], "rel": "via", "none": []}
    assert markup.element("entry", tree) == (
        '<entry rel="via"><author><name>A</name></author><author><name>B</name></author></entry>'
    )
