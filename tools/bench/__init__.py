"""Measurements on a database filled by set-based SQL; called by `./jamaa bench`."""
