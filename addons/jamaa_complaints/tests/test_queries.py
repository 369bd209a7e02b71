"""Budgets, as query counts, and their flatness."""

from odoo.tests import tagged

from .common import ComplaintCase, picture


@tagged("post_install", "-at_install")
class TestQueries(ComplaintCase):
    def _spec(self, xmlid):
        """The fields a client reads for a view."""
        view = self.env.ref(f"jamaa_complaints.{xmlid}")
        arch = self._as(self.officer).get_view(view.id, view.type)
        models = arch["models"]
        return {
            name: {"fields": {"display_name": {}}}
            if self.Ticket._fields[name].type in ("many2one",)
            else {"fields": {"display_name": {}}, "limit": 40}
            if self.Ticket._fields[name].type in ("one2many", "many2many")
            else {}
            for name in models["helpdesk.ticket"]
            if name in self.Ticket._fields
        }

    def _count(self, read):
        """Queries of a read, warm."""
        read()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        read()
        return self.env.cr.sql_log_count - before

    def test_list_and_form(self):
        cases = self.Ticket.with_user(self.officer).with_context(allowed_company_ids=self.here.ids, jamaa_cases=True)
        columns = self._spec("helpdesk_ticket_view_list_case")
        domain = [("kind", "!=", False), ("stage_id.closed", "=", False)]

        def listing():
            cases.web_search_read(domain, columns, limit=80, order="due_date, id")

        few = self._count(listing)
        for _rank in range(40):
            self._lodge()
        self.env.flush_all()
        many = self._count(listing)
        self.assertLessEqual(many, 20)
        self.assertEqual(few, many, "flat in rows")

        fields = self._spec("helpdesk_ticket_view_form_case")
        self._as(self.officer).action_assign_proposed()
        case = cases.browse(self.case.id)
        self.assertLessEqual(self._count(lambda: case.web_read(fields)), 35)

    def test_lodging_with_two_photos(self):
        photos = [picture(), picture()]
        self._lodge(photos=photos)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._lodge(photos=photos)
        self.env.flush_all()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 45)
        self.assertFalse(self.env["mail.mail"].sudo().search([("state", "=", "sent")]), "no mail is sent")

    def test_the_lists_order_has_an_index(self):
        self.env.cr.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'helpdesk_ticket'")
        names = {name for (name,) in self.env.cr.fetchall()}
        for index in ("case_todo_idx", "case_service_idx", "company_idx", "upstream_order_idx"):
            self.assertIn(f"helpdesk_ticket_{index}", names)

    def test_dashboards(self):
        """The officer's desk and the dashboard: twenty queries at the most, flat in cases."""
        company = self.here
        own = self.env(user=self.officer.id, context={"allowed_company_ids": company.ids})
        tiles, reports = own["jamaa.complaint.tile"], own["jamaa.complaint.report"]
        form = self.env.ref("jamaa_complaints.jamaa_complaint_report_view_form_running")
        names = reports.get_view(form.id, "form")["models"]["jamaa.complaint.report"]
        columns = {name: {} for name in names if name in reports._fields}

        def desk():
            domain = tiles._open_desk()["domain"]
            tiles.web_search_read(domain, {"code": {}, "waiting": {}, "is_urgent": {}}, limit=40)

        def dashboard():
            reports.browse(reports.action_dashboard()["res_id"]).web_read(columns)

        few = [self._count(desk), self._count(dashboard)]
        for _rank in range(40):
            self._lodge()
        self.env.flush_all()
        many = [self._count(desk), self._count(dashboard)]
        self.assertLessEqual(max(many), 20)
        for before, after in zip(few, many, strict=True):
            self.assertLessEqual(after, before, "flat in cases")
