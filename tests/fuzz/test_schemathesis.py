"""Schemathesis reads the contract and asks the live server whatever that allows, and what it forbids.

Every reply must be one that the contract states, in status, media type, headers and body; what breaks a
schema must be refused, and no method be answered but those stated. `positive_data_acceptance` is left
out: no schema can say which categories exist, or which cursors were issued.
"""

import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("schemathesis", reason="needs Python 3.11")
pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "20")
"""For each address, beside the examples of the contract and the edges of its schemas."""

SEED = os.environ.get("FUZZ_SEED", "1")
LONGEST = 900
"""Seconds, by when a machine is too slow to tell anything."""


def test_every_reply_is_one_that_the_contract_states(
    shelf, live_server, settings, tmp_path, record_property
):
    settings.API_RATES = {}
    report = tmp_path / "report.json"
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{live_server.url}/api/v1/schema/"),
            *("--url", live_server.url, "--phases", "examples,coverage,fuzzing"),
            *("--checks", "all", "--exclude-checks", "positive_data_acceptance"),
            *("--max-examples", EXAMPLES, "--seed", SEED, "--generation-database", "none"),
            # How fast a shared machine makes data up says nothing of the server.
            *("--suppress-health-check", "all", "--continue-on-failure", "--no-color"),
            *("--warnings", "off", "--report", "json", "--report-json-path", str(report)),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-8_000:] + run.stderr[-2_000:]
    told = json.loads(report.read_text(encoding="utf-8"))
    record_property("answered", {"as the contract says": told["test_cases"]["generated"]})
