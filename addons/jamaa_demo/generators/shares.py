"""What the fictional communes share: open, withdrawn, ended, with the programme and with one another."""

from datetime import timedelta

from odoo import fields

from .wording import words

ENDED_DAYS_AGO = 4
TITLES = {
    "headquarters": words("Reception at headquarters", "L'accueil au siège", "الاستقبال بالمقر"),
    "annex": words("Reception at the annexe", "L'accueil à l'annexe", "الاستقبال بالملحقة"),
    "figures": words("Figures of the complaint unit", "Chiffres des réclamations", "أرقام الشكايات"),
    "report": words("Report of the first forum", "Rapport du premier forum", "تقرير المنتدى الأول"),
}
REASON = words("The hours had changed.", "Les horaires avaient changé.", "تغيرت أوقات العمل.")


def generate(env, communes):
    """Share sites and a report; the titles are in the language of each commune.

    :param dict communes: what ``fictional_communes.generate`` returned
    """
    large, middle, small = (communes[key].company for key in ("large", "middle", "small"))
    version = env["jamaa.document.version"].search([("company_id", "=", large.id)], limit=1)
    report = _share(version, "report", "members", files=version._share_files())
    sites = env["jamaa.site"].search([("company_id", "=", large.id), ("owner", "=", "commune")], limit=2)
    _share(sites[0], "headquarters", "programme")
    withdrawn = _share(sites[0], "headquarters", "peers", peers=middle)
    withdrawn.with_user(_publisher(large))._withdraw(REASON["ar"])
    if len(sites) > 1:
        ended = _share(sites[1], "annex", "members", days_ago=40)
        # Nobody can publish with a last day that is past: the demo makes one that has passed.
        last_day = fields.Date.context_today(ended) - timedelta(days=ENDED_DAYS_AGO)
        env.flush_all()
        env.cr.execute("UPDATE jamaa_share SET until = %s WHERE id = %s", [last_day, ended.id])
        ended.invalidate_recordset()
    figures = env["jamaa.metric.value"].search(
        [("company_id", "=", large.id), ("site_id", "=", False), ("grain", "=", "month")], order="metric_id", limit=1
    )
    if figures:
        _share(figures.metric_id.with_company(large), "figures", "programme", days_ago=2)
    for company, peers in ((middle, large), (small, large + middle)):
        site = env["jamaa.site"].search([("company_id", "=", company.id)], limit=1)
        _share(site, "headquarters", "programme")
        _share(site, "headquarters", "peers", peers=peers)
    _read(report, [env.ref("base.main_company"), middle, middle, small])


def _publisher(company):
    """The president's login of a fictional commune."""
    return company._function("president")._holders_on(fields.Date.context_today(company)).user_id[:1]


def _share(source, title, audience, days_ago=6, **kwargs):
    """Publish as the president does, some days ago."""
    company = source._share_company()
    env = source.env
    source = source.with_user(_publisher(company))
    share = source.env["jamaa.share"]._publish(
        source, source._share_kind(), TITLES[title]["ar"], source._share_payloads(), audience, **kwargs
    )
    env.flush_all()
    moment = fields.Datetime.now() - timedelta(days=days_ago)
    env.cr.execute("UPDATE jamaa_share SET published_on = %s WHERE id = %s", [moment, share.id])
    return env["jamaa.share"].browse(share.id)


def _read(share, companies):
    """Each of these companies opened the copy once, in the days since."""
    share.env["jamaa.share.opening"].create(
        [
            {
                "share_id": share.id,
                "reader_id": company.id,
                "date": fields.Date.context_today(share) - timedelta(days=5 - rank),
            }
            for rank, company in enumerate(companies)
        ]
    )
