from . import test_recurrence_action
