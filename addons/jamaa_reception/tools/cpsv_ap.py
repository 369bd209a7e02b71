"""Words of CPSV-AP 3.2.0 (SEMIC, releases/3.2.0) and how values are written in JSON-LD: pure functions.

The context stands inside each file: nobody who reads one asks another machine what its terms
mean. Prefixes and terms are those of the published context and shapes.
"""

import re
import unicodedata
from urllib.parse import quote

VERSION = "3.2.0"
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: Published lists of the European Union's Publications Office, and the Library of Congress for Amazigh.
LANGUAGES = {
    "ar": "http://publications.europa.eu/resource/authority/language/ARA",
    "fr": "http://publications.europa.eu/resource/authority/language/FRA",
    "zgh": "http://id.loc.gov/vocabulary/iso639-2/zgh",
}
MOROCCO = "http://publications.europa.eu/resource/authority/country/MAR"
DIRHAM = "http://publications.europa.eu/resource/authority/currency/MAD"
COMPLETED = "http://purl.org/adms/status/Completed"
#: Where a language of ours is written in ``res.lang`` codes.
LANG_CODES = {"ar_MA": "ar", "fr_MA": "fr", "zgh": "zgh"}


def by_language(stored):
    """Return stored translations by short language code, ``{"ar": …, "fr": …}``.

    A text written in English mode alone counts as Arabic: the place of English holds whatever
    was written first.

    :param dict stored: ``res.lang`` code -> text
    """
    found = {short: stored[code] for code, short in LANG_CODES.items() if stored.get(code)}
    return found or ({"ar": stored["en_US"]} if stored.get("en_US") else {})


def lang_strings(*texts):
    """Return texts in languages as ``rdf:langString`` values.

    :param texts: dicts of language to text
    """
    return [{"@language": lang, "@value": text} for one in texts for lang, text in sorted(one.items()) if text.strip()]


def guess_language(word):
    """Return the language of a word that has none on record: that of its script.

    ``dcat:keyword`` wants a language with each word.
    """
    for letter in word:
        name = unicodedata.name(letter, "")
        if name.startswith("ARABIC"):
            return "ar"
        if name.startswith("TIFINAGH"):
            return "zgh"
    return "fr"


def duration(days):
    """Return calendar days as ``xsd:duration``.

    :param int days: at most so many
    """
    return {"@type": "xsd:duration", "@value": f"P{int(days)}D"}


def amount(value):
    """Return an amount as ``xsd:double``."""
    return {"@type": "xsd:double", "@value": repr(float(value))}


def fragment(*parts):
    """Return parts of an address after its ``#``, with nothing that would end it."""
    return "/".join(
        quote(re.sub(r"\s+", "-", str(part).strip()), safe="-_.") for part in parts if part not in ("", None)
    )


class Graph:
    """Nodes of a file, each once, in the order in which they were first named.

    :param str base: address of the catalogue; every node of ours is a place in it
    """

    def __init__(self, base):
        self.base = base
        self.nodes = {}

    def iri(self, *parts):
        """Return the address of a node of ours."""
        return f"{self.base}#{fragment(*parts)}"

    def add(self, iri, types, **values):
        """Add a node, without its empty values, unless it is there already.

        :param str iri: its address
        :param types: of the node
        :param values: by property, ``prefix__name`` for ``prefix:name``
        :return: the reference to it
        """
        if iri not in self.nodes:
            node = {"@id": iri, "@type": list(types)}
            for name, value in values.items():
                if value not in (None, "", [], {}):
                    node[name.replace("__", ":")] = value
            self.nodes[iri] = node
        return {"@id": iri}

    def document(self):
        """Return the whole as an object for ``json``."""
        return {"@context": CONTEXT, "@graph": list(self.nodes.values())}
