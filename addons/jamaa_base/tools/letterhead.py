"""The lines that stand at the head of a commune's paper, in the usual order.

State, ministry, province or prefecture, commune, directorate of services. Pure
functions: a commune may then change its lines by hand.
"""

FRENCH_VOWELS = "aeiouyhàâäéèêëîïôöûü"


def french_of(name):
    """``name`` with the French "de" before it, elided where the name asks for it.

    :param str name: a place name, such as "Meknès" or "Ouarzazate"
    :return: "de Meknès", "d’Ouarzazate"
    """
    return f"d’{name}" if name[:1].lower() in FRENCH_VOWELS else f"de {name}"


def letterhead_ar(commune, province, kind):
    """Arabic lines.

    :param str commune: the commune's Arabic name without the word for commune
    :param str province: the Arabic name of its province or prefecture
    :param str kind: ``prefecture`` or ``province``
    :return: the lines, one per row; empty when the commune has no name yet
    """
    if not commune:
        return ""
    lines = ["المملكة المغربية", "وزارة الداخلية"]
    if province:
        lines.append(f"عمالة {province}" if kind == "prefecture" else f"إقليم {province}")
    return "\n".join([*lines, f"جماعة {commune}", "مديرية المصالح"])


def letterhead_fr(commune, province, kind):
    """French lines; arguments as for :func:`letterhead_ar`, in French."""
    if not commune:
        return ""
    lines = ["Royaume du Maroc", "Ministère de l’Intérieur"]
    if province:
        lines.append(f"{'Préfecture' if kind == 'prefecture' else 'Province'} {french_of(province)}")
    return "\n".join([*lines, f"Commune {french_of(commune)}", "Direction des services"])
