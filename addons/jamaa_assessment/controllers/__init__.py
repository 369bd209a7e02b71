from . import assessment_files
