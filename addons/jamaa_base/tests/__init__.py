from . import test_function
from . import test_delegation
from . import test_public_tools
from . import test_satisfaction
from . import test_upload_stash
from . import test_vocabulary
from . import test_upstream_words
