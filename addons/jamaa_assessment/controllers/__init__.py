from . import assessment
from . import meeting_page
from . import meeting_minutes
