from . import test_indicator, test_indicator_browser, test_indicator_light, test_indicator_rules, test_pac
from . import test_plan, test_plan_access, test_plan_browser, test_plan_screens, test_plan_template
from . import (
    test_assessment_plan,
    test_dashboard,
    test_dashboard_browser,
    test_publication,
)
from . import test_cooperation, test_handover, test_plan_skills, test_review, test_role_sheet, test_training
from . import test_people_browser
from . import (
    test_body,
    test_decision,
    test_decision_browser,
    test_plan,
    test_plan_access,
    test_plan_browser,
    test_plan_screens,
    test_plan_template,
    test_written_question,
)
