from . import jamaa_plan_start
from . import jamaa_plan_publish
from . import jamaa_cooperation_map
from . import jamaa_decision_answer, jamaa_decision_record, jamaa_decision_visa, jamaa_plan_start
