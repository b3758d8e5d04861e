"""The rows of a refused form: as they were typed, though some that are saved came or went since."""


def typed_rows(saved, data, prefix):
    """The saved rows that were on the page, and the posted form with its rows fitted to them.

    Django shows a posted row beside the saved one in the same place. So the rows that are still
    saved come first, in their order, and the others follow as new ones: none is dropped.
    """
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    count = min(int(total), 1_000) if total.isdecimal() and len(total) < 9 else 0
    rows = [posted(data, f"{prefix}-{n}-") for n in range(count)]
    by_id = {row["id"][0]: row for row in rows if row.get("id", [""])[0]}
    kept = saved.filter(pk__in=[int(pk) for pk in by_id if pk.isdecimal() and len(pk) < 19])
    first = [by_id[str(row.pk)] for row in kept]
    others = [{**row, "id": [""]} for row in rows if row not in first]
    fitted = data.copy()
    for key in [
        key for key in fitted if key.startswith(f"{prefix}-") and key[len(prefix) + 1].isdigit()
    ]:
        del fitted[key]
    fitted[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    fitted[f"{prefix}-INITIAL_FORMS"] = str(len(first))
    for n, row in enumerate([*first, *others]):
        for name, values in row.items():
            fitted.setlist(f"{prefix}-{n}-{name}", values)
    return kept, fitted


def posted(data, start):
    return {key.removeprefix(start): data.getlist(key) for key in data if key.startswith(start)}
