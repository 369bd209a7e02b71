from odoo import models


class DiscussChannelMember(models.Model):
    """Calls inside the town hall need no foreign server to find each other."""

    _inherit = "discuss.channel.member"

    def _rtc_join_call(self, store=None, check_rtc_session_ids=None, camera=False):
        result = super()._rtc_join_call(store=store, check_rtc_session_ids=check_rtc_session_ids, camera=camera)
        if store and not self.env["mail.ice.server"]._get_ice_servers():
            # Without a list the client falls back to a search company's servers; an empty
            # list means none.
            store.add_singleton_values("Rtc", {"iceServers": []})
        return result
