from . import jamaa_plan_start
from . import jamaa_plan_publish
