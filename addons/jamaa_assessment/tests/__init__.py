from . import test_scores
from . import test_grid_files
from . import test_grid
from . import test_round
from . import test_secrecy
from . import test_report
from . import test_grid_screen_browser
from . import test_budget
