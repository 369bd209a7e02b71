"""The map on a public page: nothing from elsewhere but tiles the commune chose."""

POLICY = "Content-Security-Policy"


def allow_tiles(response, origin):
    """Let a page load pictures from the server of map tiles, and nothing else from there.

    :param response: a public page, its policy set
    :param str origin: scheme and host, or nothing: then the policy stays as it is
    """
    if origin:
        policy = response.headers[POLICY]
        response.headers[POLICY] = policy.replace("img-src 'self'", f"img-src 'self' {origin}")
    return response
