from odoo import fields, models


class JamaaReferenceList(models.Model):
    """The central list of a programme: what member communes published of their functions.

    A view of the database, so that the programme reads these few columns and no function.
    """

    _name = "jamaa.reference.list"
    _description = "Central List of Reference Persons"
    _auto = False
    _order = "company_id, name"

    name = fields.Char("Function", translate=True, readonly=True)
    code = fields.Char("Kind", readonly=True)
    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    programme_company_id = fields.Many2one("res.company", "Programme", readonly=True)
    theme_id = fields.Many2one("jamaa.theme", "Theme", readonly=True)
    holder_name = fields.Char("Holder", readonly=True)
    stand_in_name = fields.Char("Stand-in", readonly=True)
    contact_email = fields.Char("Official e-mail", readonly=True)
    contact_phone = fields.Char("Official telephone", readonly=True)
    contact_checked_on = fields.Date("Last checked on", readonly=True)

    @property
    def _table_query(self):
        return """
            SELECT row_number() OVER (ORDER BY programme.company_id, function.id) AS id,
                   function.name, function.code, function.company_id, function.theme_id,
                   function.contact_email, function.contact_phone, function.contact_checked_on,
                   programme.company_id AS programme_company_id,
                   (SELECT partner.name FROM jamaa_function_holder mandate
                      JOIN res_partner partner ON partner.id = mandate.partner_id
                     WHERE mandate.function_id = function.id AND mandate.role = 'holder'
                       AND mandate.date_from <= CURRENT_DATE
                       AND (mandate.date_to IS NULL OR mandate.date_to >= CURRENT_DATE)
                     ORDER BY mandate.date_from DESC LIMIT 1) AS holder_name,
                   (SELECT partner.name FROM jamaa_function_holder mandate
                      JOIN res_partner partner ON partner.id = mandate.partner_id
                     WHERE mandate.function_id = function.id AND mandate.role = 'stand_in'
                       AND mandate.date_from <= CURRENT_DATE
                       AND (mandate.date_to IS NULL OR mandate.date_to >= CURRENT_DATE)
                     ORDER BY mandate.date_from DESC LIMIT 1) AS stand_in_name
              FROM jamaa_function function
              JOIN (SELECT DISTINCT p.company_id, m.company_id AS commune_id
                      FROM jamaa_programme_member m JOIN jamaa_programme p ON p.id = m.programme_id
                     WHERE m.date_to IS NULL OR m.date_to >= CURRENT_DATE) programme
                ON programme.commune_id = function.company_id
             WHERE function.active AND function.in_programme_list
        """
