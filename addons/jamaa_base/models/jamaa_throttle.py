"""Rate limits counted in the database."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import hmac


class JamaaThrottle(models.Model):
    """One counted event: a try, a submission, a wrong code.

    The counters of a worker's memory would not see the other workers, and a counter row per
    address would make the requests behind one address wait for each other: so each event is
    a row of its own, and counting is reading. Several requests at the very same moment may
    each miss the others, so a limit can be passed by as many as there are workers.

    The key (an address, a code) is stored only as a keyed hash and the rows go within days.
    """

    _name = "jamaa.throttle"
    _description = "Counted try"
    _log_access = False

    scope = fields.Char(required=True, export_string_translation=False)
    key_hash = fields.Char(required=True, export_string_translation=False)
    at = fields.Datetime(required=True, default=fields.Datetime.now, export_string_translation=False)

    _scope_key_at_idx = models.Index("(scope, key_hash, at)")
    _at_idx = models.Index("(at)")

    # Longest window anybody may ask for; older rows are swept away.
    _KEEP = timedelta(days=2)

    @api.model
    def _hash(self, scope, key):
        # sudo: ir.config_parameter - the database secret keys the hash
        return hmac(self.env(su=True), "jamaa.throttle", (scope, str(key)))[:32]

    @api.model
    def _count(self, scope, key, seconds):
        """Return how many events were counted in the last ``seconds``.

        :param str scope: what is limited, for instance ``follow.address``
        :param str key: for whom, for instance an address
        :param int seconds: width of the window, at most two days
        """
        since = fields.Datetime.now() - timedelta(seconds=seconds)
        domain = [
            ("scope", "=", scope),
            ("key_hash", "=", self._hash(scope, key)),
            ("at", ">", since),
        ]
        # sudo: jamaa.throttle - nobody has rights on the counters
        return self.sudo().search_count(domain)

    @api.model
    def _note(self, scope, key):
        """Count one event."""
        # sudo: jamaa.throttle - nobody has rights on the counters
        self.sudo().create({"scope": scope, "key_hash": self._hash(scope, key)})

    @api.model
    def _allow(self, scope, key, limit, seconds):
        """Count one event unless the limit is reached.

        A refused event is not counted, so that a limit ends by itself even for somebody who
        keeps trying.

        :param str scope: what is limited
        :param str key: for whom
        :param int limit: how many events the window may hold
        :param int seconds: width of the window
        :return: whether the event is allowed
        """
        if self._count(scope, key, seconds) >= limit:
            return False
        self._note(scope, key)
        return True

    @api.autovacuum
    def _gc_old(self):
        """Sweep what no window reaches any more."""
        self.env.cr.execute("DELETE FROM jamaa_throttle WHERE at < %s", [fields.Datetime.now() - self._KEEP])
