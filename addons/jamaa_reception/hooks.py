"""What happens once, right after jamaa_reception is installed."""


def post_init_hook(env):
    """Fill the shared catalogue with the model sheets that come with the addon."""
    env["jamaa.procedure"]._load_shipped_catalogue()
