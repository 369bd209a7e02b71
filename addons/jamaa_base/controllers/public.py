"""Base of all controllers of public pages."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..tools.public_lang import PUBLIC_LANGS, best_language, by_code
from . import public_form, public_page


class PublicController(http.Controller):
    """What controllers of public pages share.

    Their routes are ``type="http"``, ``auth="public"``, ``save_session=False`` (no cookie);
    GET is ``readonly=True`` and changes nothing; POST is ``csrf=False`` and guarded by the
    form token instead, since Odoo's own needs a cookie. Take ``**post`` and read scalars
    from it only.
    """

    def _jamaa_context(self, slug, lang):
        """Return the commune and the language an address names.

        :param str slug: the commune in the address
        :param str lang: the language in the address, an URL code
        :return: the commune in superuser mode, its environment in that language; and the
            ``res.lang`` code
        :raise NotFound: unknown commune, or a language that is not offered
        """
        public_lang = PUBLIC_LANGS.get(lang)
        if not public_lang or public_lang not in public_page.active_langs():
            raise NotFound()
        company = public_page.public_env(public_lang)["res.company"]._commune_by_slug(slug)
        if not company or not company.commune_slug:
            raise NotFound()
        return company, public_lang.code

    def _jamaa_best_lang(self):
        """Return the public language to greet this visitor in."""
        wanted = best_language(request.httprequest.headers.get("Accept-Language"))
        active = public_page.active_langs()
        return PUBLIC_LANGS[wanted] if PUBLIC_LANGS[wanted] in active else active[0]

    def _jamaa_render(self, template, values, company, lang, **options):
        """Answer with a page of the public shell; see ``public_page.page_response``.

        :param str template: external id of a template that calls ``public_layout``
        :param dict values: plain values (``errors`` and ``typed`` are dicts by field name)
        :param company: the commune in superuser mode, or None
        :param str lang: the language, by URL code or ``res.lang`` code
        :param options: ``private``, ``status``, ``max_age``
        """
        return public_page.page_response(template, values, company, lang, **options)

    def _jamaa_redirect(self, path):
        """Lead the browser to another page of ours after a POST (303), without a cookie."""
        response = request.redirect(path, code=303, local=True)
        return public_page.set_headers(response, private=True)

    def _jamaa_form(self, company, purpose, ask=False):
        """Return the value ``form`` for the template ``public_form_guard``."""
        return public_form.new_form(company, purpose, ask)

    def _jamaa_read_form(self, company, purpose, post):
        """Check the guard of a posted form; see ``public_form.FormState``.

        The shape of a POST route::

            form = self._jamaa_read_form(company, "complaint", post)
            if form.sent:
                return self._jamaa_redirect(form.sent._public_path(lang))
            errors = …                      # of what was typed
            if form.problem or errors:      # show it all again, nothing lost
                return self._jamaa_render(…, {
                    "typed": typed, "errors": errors,
                    "problem": self._jamaa_problem(company, form),
                    "form": self._jamaa_form(company, "complaint", form.problem == "proof"),
                }, company, lang, status=422)
            submission = form.claim()
            if not submission._record():
                submission._done(record)    # made in a savepoint
            return self._jamaa_redirect(submission._record()._public_path(lang))
        """
        return public_form.read_form(company, purpose, post)

    def _jamaa_problem(self, company, form):
        """Return the sentence that says why a form was not taken; empty when it was."""
        return public_form.problem_text(company.env, form.problem)

    def _jamaa_text(self, post, name):
        """Return one posted field as text; files and repeated junk count as empty."""
        value = post.get(name)
        return value if isinstance(value, str) else ""

    def _jamaa_lang(self, lang):
        """Return the :class:`~..tools.public_lang.PublicLang` of a code."""
        return by_code(lang)
