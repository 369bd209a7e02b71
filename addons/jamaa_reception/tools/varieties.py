"""The ways of speaking in which a sheet can be heard."""

from typing import NamedTuple


class Variety(NamedTuple):
    """A way of speaking.

    :param str text: ``res.lang`` code of the text that is read out, or put into other words
    :param str html: BCP 47 tag (ISO 639-3 where a variety has no shorter one)
    :param str synthesiser: name of the voice of a free synthesiser; empty where there is none
    """

    text: str
    html: str
    synthesiser: str = ""


#: Darija has no settled spelling: its speakers put the Arabic text into their own words. So do
#: speakers of the three spoken varieties of Amazigh with the standard text, or the Arabic one.
VARIETIES = {
    "ar": Variety("ar_MA", "ar", "ar"),
    "ary": Variety("ar_MA", "ary"),
    "fr": Variety("fr_MA", "fr", "fr-fr"),
    "shi": Variety("zgh", "shi"),
    "tzm": Variety("zgh", "tzm"),
    "rif": Variety("zgh", "rif"),
    "zgh": Variety("zgh", "zgh"),
}

#: What a page of a language offers first, by URL code of the page.
OFFERED = {
    "ar": ("ar", "ary", "shi", "tzm", "rif", "zgh", "fr"),
    "fr": ("fr", "ar", "ary", "shi", "tzm", "rif", "zgh"),
    "zgh": ("zgh", "tzm", "shi", "rif", "ar", "ary", "fr"),
}
