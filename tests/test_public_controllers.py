"""Odoo makes one class of all controllers of public pages: a name that two of them use is one of the two."""

from collections import defaultdict

from odoo.tests import BaseCase, tagged

from odoo.addons.jamaa_base.controllers.public import PublicController


def _descendants(controller):
    for child in controller.__subclasses__():
        # what Odoo itself merged is no class of ours
        if child.__module__.startswith("odoo.addons.jamaa"):
            yield child
            yield from _descendants(child)


@tagged("post_install", "-at_install")
class TestPublicControllers(BaseCase):
    def test_no_name_stands_twice(self):
        defined = defaultdict(set)
        for controller in _descendants(PublicController):
            for name, value in vars(controller).items():
                if callable(value) and not name.startswith("__"):
                    defined[name].add(controller)
        self.assertGreater(len(defined), 50)
        for name, controllers in sorted(defined.items()):
            strangers = {
                one.__qualname__
                for one in controllers
                for other in controllers
                if not issubclass(one, other) and not issubclass(other, one)
            }
            self.assertFalse(strangers, f"{name} of one of these is lost: give it another name")
