from . import jamaa_complaint_assign
from . import jamaa_complaint_change
from . import jamaa_complaint_counter
from . import jamaa_complaint_order_issue
from . import jamaa_complaint_order_reply
from . import jamaa_complaint_assign_function
from . import jamaa_complaint_prepared
