"""Public pages in a browser: scripts that help, narrow screens, right-to-left."""

from odoo.tests import HttpCase, tagged

from ..tools import proof_of_work
from .public_common import FollowedModelMixin


@tagged("post_install", "-at_install")
class TestPublicBrowser(FollowedModelMixin, HttpCase):
    browser_size = "320,640"
    touch_enabled = True

    def test_proof_of_work_agrees_with_the_server(self):
        """The browser's hash, written out by hand, finds the same number as the server's."""
        expected = proof_of_work.solve("a-challenge", 12)
        self.browser_js(
            "/c/test-grande/fr/follow",
            """
            const worker = new Worker("/jamaa_base/static/src/public/proof_of_work.js");
            worker.onmessage = (event) => {
                if (String(event.data) === "EXPECTED") {
                    console.log("test successful");
                } else {
                    console.error("found " + event.data);
                }
            };
            worker.postMessage({challenge: "a-challenge", bits: 12});
            """.replace("EXPECTED", expected),
            "document.readyState === 'complete'",
        )

    def test_nothing_is_wider_than_a_small_phone(self):
        for path in ("/c?lang=ar", "/c/test-grande/ar", "/c/test-grande/fr/follow", "/c/test-grande/zgh/follow"):
            self.browser_js(
                path,
                """
                document.fonts.ready.then(() => {
                    const root = document.documentElement;
                    if (root.scrollWidth > root.clientWidth) {
                        console.error("too wide: " + root.scrollWidth);
                    }
                    const small = [...document.querySelectorAll("a, button, input, summary")].filter(
                        (e) => e.offsetParent && e.getBoundingClientRect().height < 24
                    );
                    if (small.length) {
                        console.error("too small to tap: " + small.map((e) => e.outerHTML).join());
                    }
                    console.log("test successful");
                });
                """,
                "document.readyState === 'complete'",
            )
