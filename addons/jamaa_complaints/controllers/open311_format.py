"""How an answer of GeoReport v2 is written: plain values once, as JSON or as XML.

The specification maps its XML to JSON by the "Spark convention": a list is a container
whose children all bear one name in XML, and an array in JSON; the root of a list has no
name in JSON. So both come from the same values and cannot say different things.
"""

import json
import re

from lxml import etree

#: Content type by the ending of the address.
CONTENT_TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
#: Name of the children of each container.
ITEMS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
# What XML 1.0 cannot hold, not even escaped (section 2.2 of the recommendation).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _harmless(value):
    """Return the same values without signs that XML forbids."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, dict):
        return {name: _harmless(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_harmless(one) for one in value]
    return value


def _element(name, value):
    """Return the XML element of a value; nothing for no value."""
    element = etree.Element(name)
    if isinstance(value, dict):
        element.extend(_element(key, one) for key, one in value.items())
    elif isinstance(value, list):
        element.extend(_element(ITEMS[name], one) for one in value)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = str(value)
    return element


def write(root, value, ending):
    """Write an answer.

    :param str root: name of the root element, which JSON does not show
    :param value: dict or list of texts, numbers, booleans, None and such dicts and lists
    :param str ending: ``json`` or ``xml``
    :return: bytes in UTF-8
    """
    value = _harmless(value)
    if ending == "json":
        return json.dumps(value, ensure_ascii=False).encode()
    return etree.tostring(_element(root, value), xml_declaration=True, encoding="utf-8")
