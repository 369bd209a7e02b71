from . import jamaa_request_step
