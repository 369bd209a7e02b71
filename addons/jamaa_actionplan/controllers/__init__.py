from . import pac_report, portal
from . import public_plans
