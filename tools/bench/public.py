"""The public pages of reception, asked for as a browser does, inside this process."""

import threading
import time

from werkzeug.test import Client

from .screens import over

BUDGET = 30


def tracking(env, found, size):
    """Return the row of a citizen's own page, with `size` requests in the database."""
    return [_page(env, f"tracking page, {size:,} requests", found._public_path("fr_MA"))]


def catalogue(env, room, size):
    """Return rows of the public catalogue with `size` sheets in the commune."""
    root = f"/c/{room.commune.commune_slug}/fr/procedures"
    event = env["jamaa.life.event"].search([], limit=1).code
    audience = env["jamaa.audience"].search([], limit=1).code
    pages = {
        "entrance": root,
        "sheet": f"{root}/bench-sheet-7",
        "own list of papers": f"{root}/bench-sheet-7/need",
        "search": f"{root}/search?q=autorisation+occupasion",
        "search in Arabic": f"{root}/search?q=%D8%B1%D8%AE%D8%B5%D9%87",
        "search, nothing found": f"{root}/search?q=zzzqqq",
        "all procedures": f"{root}/all",
        "life event": f"{root}/event/{event}",
        "audience": f"{root}/for/{audience}",
        "site": f"{root}/site/{room.site.id}",
    }
    return [_page(env, f"{name}, {size:,} sheets", path) for name, path in pages.items()]


def _page(env, name, path):
    """Return (what, queries, seconds) of a page, asked for twice; its bytes as sent stand with the name."""
    from odoo.http import root

    env.cr.commit()
    client = Client(root)
    for _twice in range(2):
        began = time.perf_counter()
        answer = client.get(path, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
        seconds = time.perf_counter() - began
        # the server counts by thread, and begins anew with each call
        queries = threading.current_thread().query_count
    if answer.status_code != 200:
        return (f"{name}: answers {answer.status_code}", "", None)
    return (f"{name}, {len(answer.data) // 1024} kB before gzip{over(queries, BUDGET)}", queries, seconds)
