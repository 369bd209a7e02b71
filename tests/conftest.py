"""Fixtures that several test files share."""

from running_server import server  # noqa: F401
