from . import (
    ir_ui_menu,
    jamaa_plan_diagnosis,
    jamaa_plan_finding,
    jamaa_plan_partner,
    jamaa_plan_result,
    jamaa_plan_risk,
    jamaa_plan_template,
    jamaa_plan_template_action,
    project_project,
    project_task,
    project_task_dates,
    project_task_type,
)
