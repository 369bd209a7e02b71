"""What happens once, right after jamaa_queue is installed."""


def post_init_hook(env):
    """Give each site that was there before its channel."""
    sites = env["jamaa.site"].with_context(active_test=False).search([("queue_channel", "=", False)])
    sites._queue_new_channel()
