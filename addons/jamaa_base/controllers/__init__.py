from . import export_guard
