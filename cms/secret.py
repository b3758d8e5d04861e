"""What an installation was not given it makes for itself, once, and keeps in `var/` with mode 0600."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def secret_key(path: Path) -> str:
    """Returns the key kept at `path`, making it on first use."""
    return kept_once(path, lambda: secrets.token_urlsafe(50)).read_text().strip()


def kept_once(path: Path, make: Callable[[], str]) -> Path:
    """Returns `path`, to which what `make` returns is written if nothing is there.

    Two processes that start at once agree: the text is written aside and linked into place, which
    only one of them can do; both then read the winner's.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path
