"""What a client reads for a view: the specification it sends with its one call."""


def spec(records, xmlid, kind):
    """Return the fields a client reads for a view of these records' model, with the names of linked records.

    :param records: the model, as the user who opens the screen
    :param str xmlid: the view
    :param str kind: list, kanban or form
    """
    arch = records.get_view(records.env.ref(xmlid).id, kind)
    known = {name: records._fields[name].type for name in arch["models"][records._name] if name in records._fields}
    named = {"fields": {"display_name": {}}}
    return {
        name: named if kind == "many2one" else {**named, "limit": 40} if kind in ("one2many", "many2many") else {}
        for name, kind in known.items()
    }


def over(queries, budget):
    """Return what the row of the table says of a measure beyond its budget."""
    return "" if queries <= budget else f", over the budget of {budget}"
