from . import jamaa_plan_start
from . import jamaa_plan_publish
from . import jamaa_cooperation_map
