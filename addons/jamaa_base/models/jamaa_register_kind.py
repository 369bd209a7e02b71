"""The one table that says what goes into the register."""

from odoo import fields, models, tools


class JamaaRegisterKind(models.Model):
    """A kind of fact that is written into the tamper-evident register.

    The rows are data of the addons, never typed by hand: an auditor reads here what is
    recorded, when, and which details stand in each entry.
    """

    _name = "jamaa.register.kind"
    _description = "Kind of register entry"
    _order = "code"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char("What happened", required=True, translate=True, readonly=True)
    description = fields.Char("When it is written", translate=True, readonly=True)
    fact_keys = fields.Char(
        "Details kept",
        readonly=True,
        help="Names of the details that an entry of this kind holds, none of them personal.",
    )
    keeps_private = fields.Boolean(
        "Fingerprint of personal data",
        readonly=True,
        help="Personal details are not kept, only a salted fingerprint, which erasure makes unreadable.",
    )
    entry_ids = fields.One2many("jamaa.register.entry", "kind_id")

    _code_uniq = models.Constraint("UNIQUE(code)", "This kind exists already.")

    @tools.ormcache("code")
    def _by_code(self, code):
        """What a kind is, looked up once per worker.

        :return: (id, frozenset of the keys its facts may have, whether it keeps a private fingerprint)
        :raise ValueError: no such kind: what goes into the register is named here first
        """
        # sudo: jamaa.register.kind - who causes a fact need not read the table of kinds
        kind = self.sudo().search([("code", "=", code)])
        if not kind:
            raise ValueError(f"« {code} » is no kind of register entry: add it to the table of kinds.")
        keys = frozenset(key.strip() for key in (kind.fact_keys or "").split(",") if key.strip())
        return kind.id, keys, kind.keeps_private
