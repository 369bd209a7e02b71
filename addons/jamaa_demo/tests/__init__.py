from . import test_demo
from . import test_demo_dissemination
from . import test_demo_rooms
from . import test_demo_reception
