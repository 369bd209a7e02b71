"""What happens once, right after jamaa_assessment is installed."""


def post_init_hook(env):
    """Fill the shared list of grids with those that come with the addon."""
    env["jamaa.assessment.grid"]._load_shipped_grids()
