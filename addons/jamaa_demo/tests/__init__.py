from . import test_demo
from . import test_demo_assessment
from . import test_demo_dissemination
from . import test_demo_reception
from . import test_demo_rooms
