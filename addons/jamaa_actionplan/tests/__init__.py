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
