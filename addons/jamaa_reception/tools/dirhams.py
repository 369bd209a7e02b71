"""An amount in dirhams, in words, as it is said."""

from num2words import num2words


def _arabic(number, one, two, few, many):
    """Return a count of things: the noun follows the number, which Arabic grammar bends."""
    rest = number % 100
    if number == 1:
        return f"{one} واحد"
    if number == 2:
        return two
    words = num2words(number, lang="ar")
    if 3 <= rest <= 10:
        return f"{words} {few}"
    if rest >= 11:
        return f"{words} {many}"
    return f"{words} {one}"


def _french(number, noun):
    return f"{num2words(number, lang='fr')} {noun if number < 2 else noun + 's'}"


def dirhams_in_words(amount, lang):
    """Return an amount in words.

    :param float amount: dirhams, 0 or more
    :param str lang: a ``res.lang`` code; Arabic, or else French, which stands in on Amazigh pages
    """
    whole, cents = divmod(round(amount * 100), 100)
    if not (lang or "").startswith("ar"):
        parts = [_french(whole, "dirham")] if whole or not cents else []
        return " ".join([*parts, *([_french(cents, "centime")] if cents else [])])
    parts = [_arabic(whole, "درهم", "درهمان", "دراهم", "درهماً")] if whole or not cents else []
    if cents:
        parts.append(_arabic(cents, "سنتيم", "سنتيمان", "سنتيمات", "سنتيماً"))
    return " و".join(parts)


def dirhams(amount):
    """Return an amount in figures: 2, 12.50, 1 000."""
    text = f"{amount:,.2f}".removesuffix(".00").replace(",", "\u00a0")
    return text
