from . import helpdesk_portal
from . import case_page
from . import complaint_form
from . import complaint_report
from . import public_figures
from . import published_cases
