from . import pac_report, portal
