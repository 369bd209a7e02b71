from . import jamaa_complaint_assign
from . import jamaa_complaint_change
from . import jamaa_complaint_counter
from . import jamaa_complaint_collect
from . import jamaa_complaint_counter_place
