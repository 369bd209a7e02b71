from . import jamaa_complaint_assign
from . import jamaa_complaint_change
from . import jamaa_complaint_counter
from . import jamaa_complaint_counter_trust
from . import jamaa_complaint_trust
from . import jamaa_complaint_blackout
