from . import (
    jamaa_cooperation_map,
    jamaa_decision_answer,
    jamaa_decision_record,
    jamaa_decision_visa,
    jamaa_plan_publish,
    jamaa_plan_start,
)
