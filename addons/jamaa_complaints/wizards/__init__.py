from . import jamaa_complaint_assign
from . import jamaa_complaint_change
from . import jamaa_complaint_counter
from . import jamaa_complaint_change_hold
from . import jamaa_complaint_counter_triage
from . import jamaa_complaint_counter_oral
from . import jamaa_complaint_recode
from . import jamaa_complaint_consent
