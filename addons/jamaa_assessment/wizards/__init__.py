from . import jamaa_assessment_form
