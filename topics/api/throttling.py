"""How often somebody may ask: so many requests in a window of time, counted in Django's cache.

Counted by key, or by address without one; and by address, more strictly, with keys that open
nothing. The counters of the default cache are each process's own; several share them through
`CACHE_URL`. Headers as in draft-ietf-httpapi-ratelimit-headers-10.
"""

import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from topics.api.problems import Problem

KNOWN_FOR = 600
"""Seconds for which a key that opened something is not held up by others at its address."""


@dataclass(frozen=True)
class Quota:
    """A policy with what is left of it in the present window; `reset` are the seconds until the next."""

    policy: str
    limit: int
    window: int
    used: int
    reset: int

    def is_exceeded(self):
        return self.used > self.limit

    def headers(self):
        left = max(0, self.limit - self.used)
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={self.window}',
            "RateLimit": f'"{self.policy}";r={left};t={self.reset}',
        }

    def enforce(self):
        """Raises the 429 of an exceeded quota, else returns it."""
        if self.is_exceeded():
            headers = {**self.headers(), "Retry-After": str(self.reset)}
            raise Problem("too-many-requests", headers=headers, retry_after=self.reset)
        return self


def take(policy, whose, *, cost=1):
    """Counts a request, or looks only with a `cost` of 0. None where the policy has no limit."""
    rate = settings.API_RATES.get(policy)
    if not rate:
        return None
    limit, window = rate
    now = time.time()
    name = f"rate:{policy}:{whose}:{int(now // window)}"
    reset = max(1, int(window - now % window) + 1)
    cache.add(name, 0, timeout=window + 1)
    try:
        used = cache.incr(name, cost)
    except ValueError:  # It was thrown out in between, by a full cache.
        used = cost
    return Quota(policy, limit, window, used, reset)


def count_request(request, reader):
    """The quota of who asks, with this request. Raises the 429 `Problem` where it is exceeded."""
    if reader.is_licensee:
        hold_guesses(request, reader)
        quota = take("key", reader.hashes[0])
    else:
        quota = take("address", address_of(request))
    return quota and quota.enforce()


def hold_guesses(request, reader):
    """Refuses a key before it is looked up, where too many from its address opened nothing."""
    guesses = take("unknown-key", address_of(request), cost=0)
    if guesses and guesses.used >= guesses.limit and not cache.get(f"known:{reader.hashes[0]}"):
        Quota("unknown-key", guesses.limit, guesses.window, guesses.limit + 1, guesses.reset).enforce()


def remember(reader):
    """That the reader's key opened something."""
    name = f"known:{reader.hashes[0]}"
    if settings.API_RATES.get("unknown-key") and not cache.get(name):
        cache.set(name, True, timeout=KNOWN_FOR)


def count_guess(request):
    """Counts a key that opened nothing. Raises the 429 `Problem` where there were too many."""
    guesses = take("unknown-key", address_of(request))
    return guesses and guesses.enforce()


def address_of(request):
    """The address that a request came from; of IPv6 the network, which one customer has to itself.

    Behind `API_PROXIES` proxies it is as the outermost of them states it: what a client writes into
    the header itself stands before that, and is not believed.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.API_PROXIES:
        passed = request.headers.get("X-Forwarded-For", "").split(",")
        address = passed[-min(settings.API_PROXIES, len(passed))].strip()
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
