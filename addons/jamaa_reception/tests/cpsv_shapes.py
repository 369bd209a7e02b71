"""The published shapes of CPSV-AP 3.2.0 as a table, for what a catalogue of ours holds.

Read off ``releases/3.2.0/shacl/cpsv-ap-SHACL.ttl`` of github.com/SEMICeu/CPSV-AP (commit
e37f5e1991cd): for each class its properties with least and most number, and the class or
datatype of the values. The shapes are open: other properties may stand beside these.
"""

LANG, DOUBLE, DURATION = "rdf:langString", "xsd:double", "xsd:duration"
CONCEPT = "skos:Concept"
MANY = None

#: class -> {property: (least, most, class or datatype of the value; None: any literal)}
SHAPES = {
    "cpsv:PublicService": {
        "dct:identifier": (1, 1, None),
        "dct:title": (1, MANY, LANG),
        "dct:description": (1, MANY, LANG),
        "cv:hasCompetentAuthority": (1, MANY, "cv:PublicOrganisation"),
        "adms:status": (0, 1, CONCEPT),
        "cv:processingTime": (0, 1, DURATION),
        "cpsv:follows": (0, MANY, "cpsv:Rule"),
        "cpsv:hasInput": (0, MANY, "cv:Evidence"),
        "cpsv:produces": (0, MANY, "cv:Output"),
        "cv:contactPoint": (0, MANY, "cv:ContactPoint"),
        "cv:hasChannel": (0, MANY, "cv:Channel"),
        "cv:hasCost": (0, MANY, "cv:Cost"),
        "cv:hasInputType": (0, MANY, "cv:EvidenceType"),
        "cv:hasLegalResource": (0, MANY, "eli:LegalResource"),
        "cv:holdsRequirement": (0, MANY, "cv:Requirement"),
        "cv:isGroupedBy": (0, MANY, "cv:Event"),
        "cv:relatedService": (0, MANY, "cpsv:PublicService"),
        "cv:thematicArea": (0, MANY, CONCEPT),
        "dcat:keyword": (0, MANY, LANG),
        "dct:audience": (0, MANY, CONCEPT),
        "dct:language": (0, MANY, "dct:LinguisticSystem"),
        "dct:spatial": (0, MANY, "dct:Location"),
    },
    "cv:PublicOrganisation": {
        "skos:prefLabel": (1, MANY, LANG),
        "dct:spatial": (1, MANY, "dct:Location"),
    },
    "foaf:Agent": {"dct:identifier": (1, 1, None), "dct:title": (1, MANY, LANG)},
    "cv:Channel": {
        "dct:identifier": (1, 1, None),
        "dct:type": (0, 1, CONCEPT),
        "dct:description": (0, MANY, LANG),
        "cv:ownedBy": (0, MANY, "org:Organization"),
    },
    "cv:Cost": {
        "dct:identifier": (1, 1, None),
        "cv:hasValue": (0, 1, DOUBLE),
        "cv:currency": (0, 1, CONCEPT),
        "cv:ifAccessedThrough": (0, 1, "cv:Channel"),
        "dct:description": (0, MANY, LANG),
    },
    "cv:Event": {
        "dct:identifier": (1, 1, None),
        "dct:title": (1, MANY, LANG),
    },
    "cv:Evidence": {
        "dct:identifier": (1, 1, None),
        "dct:title": (1, MANY, LANG),
        "dct:description": (0, MANY, LANG),
        "dct:type": (0, 1, CONCEPT),
        "dct:conformsTo": (0, MANY, "cv:EvidenceType"),
        "cv:supportsRequirement": (0, MANY, "cv:Requirement"),
    },
    "cv:EvidenceType": {
        "dct:identifier": (1, 1, None),
        "cv:evidenceTypeClassification": (0, MANY, CONCEPT),
    },
    "cv:Output": {
        "dct:identifier": (1, 1, None),
        "dct:title": (1, MANY, LANG),
        "dct:description": (0, MANY, LANG),
    },
    "cv:Requirement": {
        "dct:identifier": (1, 1, None),
        "dct:title": (1, MANY, LANG),
        "cv:hasSupportingEvidence": (0, MANY, "cv:Evidence"),
    },
    "cpsv:Rule": {
        "dct:identifier": (1, 1, None),
        "dct:title": (1, MANY, LANG),
        "dct:description": (1, MANY, LANG),
    },
    "dcat:Dataset": {
        "dct:title": (1, MANY, LANG),
        "dct:description": (1, MANY, LANG),
        "dct:publisher": (1, 1, "foaf:Agent"),
        "dct:hasPart": (0, MANY, "cpsv:PublicService"),
    },
}
#: What the published context calls these terms; ours must lead to the same addresses.
IRIS = {
    "cpsv:PublicService": "http://purl.org/vocab/cpsv#PublicService",
    "cv:PublicOrganisation": "http://data.europa.eu/m8g/PublicOrganisation",
    "cv:LifeEvent": "http://data.europa.eu/m8g/LifeEvent",
    "cv:hasCost": "http://data.europa.eu/m8g/hasCost",
    "cv:hasValue": "http://data.europa.eu/m8g/hasValue",
    "cpsv:hasInput": "http://purl.org/vocab/cpsv#hasInput",
    "dct:identifier": "http://purl.org/dc/terms/identifier",
    "dcat:keyword": "http://www.w3.org/ns/dcat#keyword",
    "adms:status": "http://www.w3.org/ns/adms#status",
    "eli:LegalResource": "http://data.europa.eu/eli/ontology#LegalResource",
    "foaf:Agent": "http://xmlns.com/foaf/0.1/Agent",
    "org:Organization": "http://www.w3.org/ns/org#Organization",
    "skos:Concept": "http://www.w3.org/2004/02/skos/core#Concept",
    "xsd:double": "http://www.w3.org/2001/XMLSchema#double",
}


def violations(document):
    """Return what in a document does not keep to the shapes, as sentences."""
    nodes = {node["@id"]: node for node in document["@graph"]}
    found = []
    for node in nodes.values():
        for kind in node["@type"]:
            for name, (least, most, wanted) in SHAPES.get(kind, {}).items():
                values = node.get(name, [])
                values = values if isinstance(values, list) else [values]
                if len(values) < least or (most is not None and len(values) > most):
                    found.append(f"{node['@id']}: {len(values)} × {name}")
                found += [f"{node['@id']}: {name} is no {wanted}" for one in values if not _is(one, wanted, nodes)]
    return found


def _is(value, wanted, nodes):
    if wanted is None:
        return isinstance(value, str) and bool(value)
    if wanted == LANG:
        return isinstance(value, dict) and bool(value.get("@value")) and bool(value.get("@language"))
    if wanted in (DOUBLE, DURATION):
        return isinstance(value, dict) and value.get("@type") == wanted and bool(value.get("@value"))
    return isinstance(value, dict) and wanted in nodes.get(value.get("@id"), {}).get("@type", ())
