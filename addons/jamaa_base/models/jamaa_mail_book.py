"""The yearly book of the mail registry, as a document."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

# Rows of one rendering: a table of three thousand rows takes some six seconds and 360 MB.
MOST_ROWS = 3000


class JamaaMailBook(models.Model):
    """The entries of one registry over a year, or some months of it, in order, on paper.

    It is made outside the request by a job that runs every few minutes, since a year of mail
    takes long to lay out. Cancelled entries stand in it struck through; a number nobody used
    stands in it as such.
    """

    _name = "jamaa.mail.book"
    _description = "Book of the mail registry"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    direction = fields.Selection(
        [("incoming", "Incoming"), ("outgoing", "Outgoing")], required=True, default="incoming"
    )
    date_from = fields.Date("From", required=True, default=lambda self: self._first_of_year())
    date_to = fields.Date("To", required=True, default=lambda self: self.env["jamaa.mail.entry"]._today())
    lang = fields.Selection([("ar_MA", "Arabic"), ("fr_MA", "French")], "Language", required=True, default="ar_MA")
    state = fields.Selection(
        [("asked", "Being made"), ("done", "Ready"), ("failed", "Could not be made")],
        "Status",
        default="asked",
        required=True,
        readonly=True,
    )
    entry_count = fields.Integer("Entries", readonly=True)
    file = fields.Binary("Book", attachment=True, readonly=True)
    file_name = fields.Char(readonly=True)
    trouble = fields.Char(readonly=True)

    @api.model
    def _first_of_year(self):
        return self.env["jamaa.mail.entry"]._today().replace(month=1, day=1)

    @api.depends("direction", "date_from", "date_to")
    def _compute_display_name(self):
        words = dict(self._fields["direction"]._description_selection(self.env))
        for book in self:
            book.display_name = self.env._(
                "%(direction)s mail, %(first)s – %(last)s",
                direction=words.get(book.direction, ""),
                first=format_date(self.env, book.date_from),
                last=format_date(self.env, book.date_to),
            )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for book in self:
            if book.date_from > book.date_to:
                raise ValidationError(self.env._("The book ends before it begins."))
            if book.date_from.year != book.date_to.year:
                raise ValidationError(self.env._("A book holds one year: numbers begin again each year."))

    @api.model_create_multi
    def create(self, vals_list):
        given = {"company_id", "direction", "date_from", "date_to", "lang"}
        books = super().create([{name: vals[name] for name in given & vals.keys()} for vals in vals_list])
        self.env.ref("jamaa_base.cron_mail_book")._trigger()
        return books

    def write(self, vals):
        """A book is made once from what was asked.

        :raise UserError: somebody changes it by hand
        """
        if not self.env.su:
            raise UserError(self.env._("Ask for a new book instead."))
        return super().write(vals)

    def action_again(self):
        """Button: try once more."""
        self.check_access("write")
        # sudo: jamaa.mail.book - checked just above
        self.sudo().write({"state": "asked", "trouble": False})
        self.env.ref("jamaa_base.cron_mail_book")._trigger()

    @api.model
    def _cron_make(self):
        """Make the books that were asked for, one a step."""
        asked = self.search([("state", "=", "asked")], order="id")
        for done, book in enumerate(asked, start=1):
            book._make()
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(asked) - done):
                break

    def _make(self):
        self.ensure_one()
        rows = len(self._entries())
        if rows > MOST_ROWS:
            self.write(
                {
                    "state": "failed",
                    "entry_count": rows,
                    "trouble": self.env._(
                        "%(count)s entries are too many for one file: ask for some months of the year.", count=rows
                    ),
                }
            )
            return
        report = self.env["ir.actions.report"].with_context(lang=self.lang)
        content, _kind = report._render_qweb_pdf("jamaa_base.mail_book", self.ids)
        self.write(
            {
                "state": "done",
                "entry_count": rows,
                "file": base64.b64encode(content),
                "file_name": f"{self.direction}-{self.date_from}-{self.date_to}.pdf",
            }
        )

    def _entries(self):
        """The letters of the book in the order of their numbers."""
        self.ensure_one()
        return self.env["jamaa.mail.entry"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("direction", "=", self.direction),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ],
            order="number, id",
        )

    def _lines(self):
        """The rows of the paper: letters, and between them the numbers that nobody used.

        :return: list of (number as shown, entry or None)
        """
        lines, last = [], 0
        for entry in self._entries():
            if last and entry.number > last + 1:
                lines += [(f"{number}/{entry.year}", None) for number in range(last + 1, entry.number)]
            lines.append((entry.number_display, entry))
            last = entry.number or last
        return lines
