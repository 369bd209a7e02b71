from . import test_plan, test_plan_access, test_plan_browser, test_plan_screens, test_plan_template
