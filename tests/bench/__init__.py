"""Figures on reading at 1,000 and 50,000 articles, run by hand: `python -m tests.bench.reads`.

Importing this package sets Django up with two databases of its own, which are made for the run and
removed after it: temporary SQLite files, or databases beside the one that `DATABASE_URL` names.
"""

import copy
import os
import tempfile

import django
from django.conf import settings

SIZES = {"small": 1_000, "large": 50_000}
FOLDER = tempfile.TemporaryDirectory(prefix="signoff-bench-")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/unused.sqlite3"
usual = settings.DATABASES["default"]
for alias in SIZES:
    own = settings.DATABASES[alias] = copy.deepcopy(usual)
    is_file = usual["ENGINE"].endswith("sqlite3")
    name = f"{FOLDER.name}/{alias}.sqlite3" if is_file else f"{usual['NAME']}_{alias}"
    own["TEST"] = {"NAME": name}
settings.ROOT_URLCONF = "tests.bench.urls"
settings.ALLOWED_HOSTS = ["testserver"]
settings.API_RATES = {}  # Thousands of requests from one address are what is wanted here.
django.setup()
