"""What the tests of Open311 share: the lists of the specification, asking and sending, publishing."""

from datetime import datetime

from ..controllers import open311_format
from .public_common import PublicComplaintCase

TEXT = "A lamp had been out for weeks. The commune replaced it."
#: What the specification lists, in its order.
SERVICE = ("service_code", "service_name", "description", "metadata", "type", "keywords", "group")
ATTRIBUTE = ("variable", "code", "datatype", "required", "datatype_description", "order", "description", "values")
REQUEST = (
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
    "address", "address_id", "zipcode", "lat", "long", "media_url",
)  # fmt: skip
CREATED = ("service_request_id", "service_notice", "account_id")
ERROR = ("code", "description")
DISCOVERY = ("changeset", "contact", "key_service", "endpoints")
ENDPOINT = ("specification", "url", "changeset", "type", "formats")


def from_xml(element, name=None):
    """The values of an XML answer as texts: what JSON says, read by the same convention."""
    name = name or element.tag
    if name in open311_format.ITEMS:
        return [from_xml(child) for child in element]
    if len(element):
        return {child.tag: from_xml(child) for child in element}
    return element.text


def as_texts(value):
    """JSON values as the texts XML holds; line ends and blanks as they are."""
    if isinstance(value, dict):
        return {name: as_texts(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_texts(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value in (None, "") else str(value)


class Open311Case(PublicComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune.write({"open311_read": True, "open311_write": True})
        cls.category.case_hint = "Lamps, poles"
        cls.quarter = cls.env["jamaa.quarter"].create({"name_ar": "حي", "name_fr": "Hay", "company_id": cls.commune.id})
        cls.key = cls.env["jamaa.open311.key"].create({"name": "Street app", "company_id": cls.commune.id})
        cls.secret = cls.key._make_secret()
        cls.report = {
            "api_key": cls.secret,
            "service_code": str(cls.category.id),
            "address_string": "Main street, beside the school",
            "description": "The street lamp has been out for a month.",
        }

    def ask(self, path, slug=None, status=200, method=None, **options):
        """Ask for something, as JSON; the answer must have the right type and status."""
        headers = {"Accept-Language": "fr", **options.pop("headers", {})}
        url = f"/c/{slug or self.commune.commune_slug}/open311/v2/{path}"
        answer = self.url_open(url, headers=headers, method=method, **options)
        self.assertEqual(answer.status_code, status, answer.text[:500])
        ending = "json" if path.partition("?")[0].endswith(".json") else "xml"
        self.assertEqual(answer.headers["Content-Type"], open311_format.CONTENT_TYPES[ending])
        self.assertNotIn("Set-Cookie", answer.headers)
        return answer

    def get(self, path, **options):
        return self.ask(path, **options).json()

    def post(self, status=200, ending="json", slug=None, headers=None, **changes):
        data = {name: value for name, value in {**self.report, **changes}.items() if value is not None}
        return self.ask(f"requests.{ending}", status=status, data=data, slug=slug, headers=headers or {})

    def publish(self, case=None, state="released", **vals):
        """A publication without the desk's steps, which have their tests."""
        case = case or self.lodge(latitude=33.5, longitude=-7.5)
        row = self.env["jamaa.complaint.publication"].create(
            {
                "case_id": case.id,
                "title_fr": "A lamp",
                "text_fr": TEXT,
                "quarter": "Hay Salam",
                **vals,
            }
        )
        # the month is counted while it is a draft; it is released on another day
        row.flush_recordset()
        row.sudo().write({"state": state, "released_on": datetime(2026, 11, 3, 10, 0, 5)})
        return row

    def ids(self, path="requests.json"):
        return [one["service_request_id"] for one in self.get(path)]
