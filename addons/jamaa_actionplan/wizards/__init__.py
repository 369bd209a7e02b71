from . import jamaa_decision_answer, jamaa_decision_record, jamaa_decision_visa, jamaa_plan_start
