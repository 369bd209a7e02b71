"""Fixtures that several test files share."""

from running_server import database, server  # noqa: F401
