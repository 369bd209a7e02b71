from . import catalogue_public
from . import catalogue_files
