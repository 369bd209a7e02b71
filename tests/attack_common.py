"""Those who try to get at a case they may not see."""

from odoo.exceptions import UserError

from odoo.addons.jamaa_complaints.tests.common import ComplaintCase

PASSWORD = "attack-password"
SUBJECT = "Lamp out"


class Attempts:
    """Mixin of the cases: something tried as somebody."""

    def _try(self, action):
        """Run an attack; what was refused leads to None."""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                return action()
        except (UserError, ValueError):
            self.env.invalidate_all()
            return None

    def _model(self, name, user, **context):
        return (
            self.env[name].with_user(user).sudo(False).with_context(allowed_company_ids=user.company_ids.ids, **context)
        )


class AttackCase(Attempts, ComplaintCase):
    """Those who may not see the case of commune `here`, and those who may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case.sudo().write({"service_id": cls.lighting.id, "user_id": cls.agent.id})
        cls.plain = cls._make_user("t_plain_staff", "base.group_user")
        cls.signatory = cls._make_user("t_attack_signatory", "jamaa_base.group_signatory")
        cls.outsiders = (
            cls.portal_user
            | cls.other_agent
            | cls.officer_there
            | cls.programme_user
            | cls.council_member
            | cls.plain
            | cls.receptionist
            | cls.auditor
        )
        cls.env.flush_all()
