"""What happens once: when jamaa_base is installed, when it is removed."""

from .models.res_company_setup import COMMUNE_TZ
from .tools.upstream_words import put_words

LANGUAGES = ("ar_MA", "fr_MA", "zgh")
# Names upstream gives the first company of a fresh database.
UPSTREAM_COMPANY_NAMES = ("My Company", "YourCompany")


def post_init_hook(env):
    """Prepare a fresh database for communes; each step says what it does."""
    _activate_languages(env)
    _make_main_company_the_programme(env)
    _set_moroccan_time(env)
    env["jamaa.holiday"]._cron_fill()
    _silence_upstream(env)
    _close_shared_channel(env)


def _activate_languages(env):
    """Activate the Moroccan languages here, not in data.

    A language that is active in data misses the translations of the modules loaded
    before this one.
    """
    for code in LANGUAGES:
        env["res.lang"]._activate_and_install_lang(code)
    # this module is not "installed" yet: its own terms are still to be loaded
    modules = env["ir.module.module"].with_context(town_hall_words_done=True)
    modules._load_module_terms(["jamaa_base"], LANGUAGES)


def _make_main_company_the_programme(env):
    """The first company is the programme: communes are companies of their own.

    A database that is already in use keeps a main company that is a commune.
    """
    main = env.ref("base.main_company")
    if main.is_commune or main.is_programme:
        return
    main.is_programme = True
    if main.name in UPSTREAM_COMPANY_NAMES:
        main.name = "Programme"


def _set_moroccan_time(env):
    """Hours of existing companies and of the first logins go by Moroccan time."""
    env["res.company"].search(["|", ("is_commune", "=", True), ("is_programme", "=", True)])._set_administrative_hours()
    for user in env["res.users"].search([("share", "=", False)]):
        user.tz = user.tz or COMMUNE_TZ


def uninstall_hook(env):
    """Leave the database as upstream knows it."""
    modules = env["ir.module.module"]._upstream_modules_in_use()
    put_words(env, modules, env["res.lang"].search([]).mapped("code"), undo=True)


def _silence_upstream(env):
    """Switch off what upstream sends to other hosts, or to people who did not ask for it."""
    for xml_id in ("mail.ir_cron_module_update_notification", "digest.ir_cron_digest_scheduler_action"):
        cron = env.ref(xml_id, raise_if_not_found=False)
        if cron:
            cron.active = False
    parameters = env["ir.config_parameter"]
    parameters.set_param("digest.default_digest_emails", False)
    # A preview would make the server open any address somebody writes in a message.
    parameters.set_param("mail.link_preview_throttle", 0)
    # Staff and invited citizens have accounts; nobody makes one for himself.
    parameters.set_param("auth_signup.invitation_scope", "b2b")
    if "digest.digest" in env:
        env["digest.digest"].search([("state", "=", "activated")]).action_deactivate()


def _close_shared_channel(env):
    """Nobody is put into upstream's channel for everybody: it would mix the staff of all communes."""
    channel = env.ref("mail.channel_all_employees", raise_if_not_found=False)
    if channel:
        channel.group_ids = False
        channel.channel_member_ids.unlink()
        channel.active = False
