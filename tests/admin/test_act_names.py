"""Every act that the code can put on record has a name that people read, in their language."""

import ast
from pathlib import Path

import topics
from topics.admin.timeline.words import NAMES
from topics.publishing import licences, notices
from topics.workflow.table import TABLE


def recorded():
    """The first argument of every call of `record`, where it is written out."""
    for path in Path(topics.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and getattr(node.func, "id", None) == "record"
            if is_call and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_act_has_a_name():
    acts = {*recorded(), *(act.name for act in TABLE), licences.ACT, notices.ACT}
    assert len(acts) > 20
    assert acts - NAMES.keys() == set()
