"""What happens once, right after jamaa_base is installed."""


def post_init_hook(env):
    """Prepare a fresh database for communes; each step says what it does."""
