"""What changed between two versions of a sheet, for those who stand at the counter: a pure function.

It looks at what a person notices there: papers, fees, time limit, places of asking.
"""


def _named(texts):
    """Return what something is called, whatever the language, to find it again in the other version."""
    return texts.get("ar") or texts.get("fr") or next(iter(texts.values()), "")


def _keyed(lines, name):
    """Return lines by what they are called; two of one name are told apart by their order."""
    found = {}
    for line in lines:
        rank = 0
        while (_named(line[name]), rank) in found:
            rank += 1
        found[_named(line[name]), rank] = line
    return found


def changes(old, new):
    """Return what changed, in the order in which one tells it.

    :param old: sheet in the exchange format; None for the first one
    :param new: the same
    :return: list of dicts: ``kind``, ``name`` (in languages), and for values ``before`` and ``after``
    """
    if old is None:
        return [{"kind": "first", "name": {}}]
    found = []
    before, after = _keyed(old["pieces"], "name"), _keyed(new["pieces"], "name")
    found += [{"kind": "piece_added", "name": one["name"]} for key, one in after.items() if key not in before]
    found += [{"kind": "piece_removed", "name": one["name"]} for key, one in before.items() if key not in after]
    for key, one in after.items():
        former = before.get(key)
        if not former:
            continue
        if former["form"] != one["form"]:
            found.append({"kind": "piece_form", "name": one["name"], "before": former["form"], "after": one["form"]})
        if former["count"] != one["count"]:
            found.append({"kind": "piece_count", "name": one["name"], "before": former["count"], "after": one["count"]})
        if former["held_by_us"] != one["held_by_us"]:
            found.append({"kind": "piece_held" if one["held_by_us"] else "piece_not_held", "name": one["name"]})
        if sorted(former["when"]) != sorted(one["when"]):
            found.append({"kind": "piece_when", "name": one["name"]})
    before, after = _keyed(old["fees"], "label"), _keyed(new["fees"], "label")
    found += [
        {"kind": "fee_added", "name": one["label"], "after": _fee(one)}
        for key, one in after.items()
        if key not in before
    ]
    found += [{"kind": "fee_removed", "name": one["label"]} for key, one in before.items() if key not in after]
    found += [
        {"kind": "fee_amount", "name": one["label"], "before": _fee(before[key]), "after": _fee(one)}
        for key, one in after.items()
        if key in before and _fee(before[key]) != _fee(one)
    ]
    if old["regime"] != new["regime"]:
        found.append({"kind": "time", "name": {}, "before": old["regime"], "after": new["regime"]})
    if old["silence"]["effect"] != new["silence"]["effect"]:
        found.append(
            {"kind": "silence", "name": {}, "before": old["silence"]["effect"], "after": new["silence"]["effect"]}
        )
    if sorted(old["channels"]) != sorted(new["channels"]):
        found.append({"kind": "channels", "name": {}})
    return found or [{"kind": "words", "name": {}}]


def _fee(line):
    """Return the amount of a fee; None while nobody could name it."""
    return line["amount"] if line["known"] else None
