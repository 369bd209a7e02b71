from . import jamaa_plan_start
