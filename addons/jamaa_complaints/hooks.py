"""What happens once, right after jamaa_complaints is installed."""


def post_init_hook(env):
    """Prepare communes that were there before, and free upstream's channels."""
    # upstream's channels came with company 1: other communes could not use them
    env["helpdesk.ticket.channel"].with_context(active_test=False).search([("company_id", "!=", False)]).write(
        {"company_id": False}
    )
    communes = env["res.company"].search([("is_commune", "=", True)])
    communes._prepare_commune()
