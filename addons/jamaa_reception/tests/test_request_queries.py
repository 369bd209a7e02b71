"""Budgets, as query counts, and their flatness."""

from odoo.tests import tagged

from .request_common import RequestCase


@tagged("post_install", "-at_install")
class TestRequestQueries(RequestCase):
    def _spec(self, kind):
        """The fields a client reads for a view."""
        view = self.env.ref(f"jamaa_reception.jamaa_request_view_{kind}")
        names = self._as(self.worker, self.Request).get_view(view.id, view.type)["models"]["jamaa.procedure.request"]
        more = {"many2one": {"fields": {"display_name": {}}}}
        many = {"fields": {"display_name": {}}, "limit": 40}
        kinds = {name: self.Request._fields[name].type for name in names if name in self.Request._fields}
        return {name: more.get(kind, many if kind.endswith("2many") else {}) for name, kind in kinds.items()}

    def _count(self, read):
        """Queries of a read, warm."""
        for _twice in range(2):
            read()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        read()
        return self.env.cr.sql_log_count - before

    def test_list_and_form(self):
        mine = self._as(self.worker, self.Request)
        columns = self._spec("list")

        def listing():
            mine.web_search_read([("stage", "in", ("received", "in_work"))], columns, limit=80)

        self._take()
        few = self._count(listing)
        for _rank in range(30):
            self._take()
        many = self._count(listing)
        self.assertLessEqual(many, 20)
        self.assertLessEqual(many, few, "flat in rows")
        form = self._spec("form")
        request = self._as(self.worker, self._take())
        self.assertLessEqual(self._count(lambda: request.web_read(form)), 35)

    def test_counter(self):
        counter = self._counter()
        self.assertLessEqual(self._count(lambda: counter.counter_search("لاكارط")), 20)
        self.assertLessEqual(self._count(lambda: counter.counter_sheet(self.procedure.id, self._own())), 35)

    def test_take(self):
        self._take()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._take()
        self.env.flush_all()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 60)
