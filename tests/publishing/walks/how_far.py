"""How far random walks go: `HYPOTHESIS_PROFILE` is `further`, as in `.ci/run`, or `long`, or none."""

import os

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")
WALKS = {
    "default": {"max_examples": 4, "stateful_step_count": 20},
    "further": {"max_examples": 30, "stateful_step_count": 40},
    "long": {"max_examples": 500, "stateful_step_count": 70},
}[PROFILE]
# What so many walks are sure to meet. A few short ones may all go right.
SURE_TO_MEET = {"done"} if PROFILE == "default" else {"done", "refused: illegal", "in force"}
SEEDS = range({"default": 2, "further": 12, "long": 100}[PROFILE])
