"""The secret key of an installation that was given none: made once, kept in `var/`, mode 0600."""

import os
import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """Returns the key kept at `path`, making it on first use.

    Two processes that start at once agree: the key is written aside and linked into place, which
    only one of them can do; both then read the winner's.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path.read_text().strip()
