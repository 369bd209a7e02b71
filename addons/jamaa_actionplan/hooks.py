"""What happens once, right after jamaa_actionplan is installed."""

from odoo.addons.jamaa_base.hooks import _silence_upstream


def post_init_hook(env):
    """Switch off the periodic mails that came along with upstream's projects."""
    _silence_upstream(env)
