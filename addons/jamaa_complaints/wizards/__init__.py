from . import jamaa_complaint_assign
from . import jamaa_complaint_change
from . import jamaa_complaint_counter
from . import jamaa_complaint_reject
from . import jamaa_complaint_ask
from . import jamaa_complaint_counter_admit
