"""Which modules are installed. Nothing comes by itself: what is wanted is named here."""

import ast
import hashlib

# Odoo's own modules beyond what ours depend on.
UPSTREAM = [
    "base",
    "web",
    "mail",
    "portal",
    "hr",
    "hr_skills",
    "hr_org_chart",
    "resource",
    "base_import",
    "auth_totp",
    "auth_totp_mail",
    "auth_totp_portal",
    "privacy_lookup",
]
DEMO = "jamaa_demo"
# Changes in these folders of an addon need no upgrade of the database.
NOT_IN_DATABASE = {"tests", "static", "readme", "__pycache__"}


def manifests(code):
    """Return {name: manifest} of the addons in `code`/addons that can be installed."""
    found = {}
    for path in sorted((code / "addons").glob("*/__manifest__.py")):
        manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
        if manifest.get("installable", True):
            found[path.parent.name] = manifest
    return found


def ours(code, demo=False):
    """Return the names of our addons, the demo's only where it is wanted."""
    return [name for name in manifests(code) if demo or name != DEMO]


def in_order(code):
    """Return the names of our addons, each after those of ours it depends on."""
    known, ordered = manifests(code), []

    def add(name):
        if name in known and name not in ordered:
            for other in known[name].get("depends", []):
                add(other)
            ordered.append(name)

    for name in known:
        add(name)
    return ordered


def fingerprints(code, names):
    """Return {name: hash} of what would change the database if an addon were upgraded."""
    found = {}
    for name in names:
        total = hashlib.sha256()
        root = code / "addons" / name
        for path in sorted(root.rglob("*")):
            if path.is_file() and not NOT_IN_DATABASE & set(path.relative_to(root).parts):
                total.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
        found[name] = total.hexdigest()
    return found
