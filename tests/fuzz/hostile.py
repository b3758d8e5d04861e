"""Requests that nobody should send: with one fault each, drawn from all that there are, or with many."""

import itertools
from dataclasses import dataclass, field
from urllib.parse import quote, quote_from_bytes

from tests.api.contract import ASKED, operations, parameters, shown
from tests.fuzz.hostile_heads import HEADERS, METHODS, NAMES, PATHS
from tests.fuzz.hostile_values import SHORT, VALUES


@dataclass
class Asked:
    """One request; headers by their names in a WSGI environ. The query is written when it is asked for:
    all of them at once would be gigabytes.
    """

    path: str
    pairs: list = field(default_factory=list)
    method: str = "GET"
    headers: dict = field(default_factory=dict)

    @property
    def query(self):
        return "&".join(
            f"{quote(name, safe='')}={quote_from_bytes(value, safe='')}" for name, value in self.pairs
        )

    def told(self):
        """Short enough to be read in a report."""
        headers = {name: value[:60] for name, value in self.headers.items()}
        return f"{self.method[:20]} {self.path[:120]}?{self.query[:200]} {headers}"


def valid(path, operation):
    """The address as the contract shows it, and the pairs that its query has to have."""
    required = [p for p in parameters(operation, "query") if p.get("required")]
    pairs = [*((p["name"], shown(p)[0]) for p in required), *ASKED.get(path, ())]
    for parameter in parameters(operation, "path"):
        path = path.replace(f"{{{parameter['name']}}}", quote(str(shown(parameter)[0])))
    return path, [(name, str(value).encode()) for name, value in pairs]


def with_one_fault():
    """Every parameter and part of an address with every value, every header, method and path."""
    for path, operation in operations():
        filled, needed = valid(path, operation)
        names = [p["name"] for p in parameters(operation, "query")]
        for name, value in itertools.product([*names, *NAMES], VALUES):
            others = [one for one in needed if one[0] != name]
            yield Asked(filled, [*others, (name, value)])
        for parameter, value in itertools.product(parameters(operation, "path"), SHORT):
            part = path.replace(f"{{{parameter['name']}}}", quote_from_bytes(value, safe=""))
            yield Asked(valid(part, operation)[0], needed)
        for name, values in HEADERS.items():
            for value in values:
                yield Asked(filled, needed, headers={name: value})
        for method in METHODS:
            yield Asked(filled, needed, method)
    for path, method in itertools.product(PATHS, ["GET", "HEAD", "POST", "OPTIONS"]):
        yield Asked(path, method=method)


def with_many_faults(dice):
    """Requests without end, each with several parameters, headers and now and then a method."""
    known = operations()
    while True:
        path, operation = dice.choice(known)
        filled, pairs = valid(path, operation)
        if parameters(operation, "path") and dice.random() < 0.2:
            filled = dice.choice(PATHS)
        asked = parameters(operation, "query")
        for parameter in dice.sample(asked, k=min(len(asked), dice.randrange(4))):
            if dice.random() < 0.5:
                pairs.append((parameter["name"], dice.choice(SHORT)))
            else:
                pairs += [(parameter["name"], str(value).encode()) for value in shown(parameter)]
        chosen = dice.sample(sorted(HEADERS), k=dice.randrange(3))
        headers = {name: dice.choice(HEADERS[name]) for name in chosen}
        yield Asked(filled, pairs, dice.choice(METHODS) if dice.random() < 0.05 else "GET", headers)


def requests(dice, number):
    """So many requests: two in three with one fault, drawn from all, the others with many."""
    single = list(with_one_fault())
    dice.shuffle(single)
    single = single[: number * 2 // 3]
    yield from single
    yield from itertools.islice(with_many_faults(dice), number - len(single))
