"""Simple forecasts of a wait, kept beside the real one for comparison only: never announced to anybody.

Where they are found: minutes times people ahead (QueueSG prints three minutes each), average time shared by the
desks (the ZMS of Berlin and Munich), the wait of the last one called ("last to enter service", Ibrahim and Whitt
2009, Manufacturing & Service Operations Management 11). All times are minutes.
"""

#: QueueSG's constant.
MINUTES_EACH = 3.0
#: ZMS's average where there is no history.
MINUTES_AVERAGE = 12.0


def constant_each(ahead, minutes=MINUTES_EACH):
    """So many minutes for each person ahead, whatever they come for and however many desks are open.

    :param int ahead: tickets to be called before this one
    :param float minutes: for each of them
    :return float: minutes of waiting
    """
    return ahead * minutes


def last_to_enter(last_wait):
    """What the last person called has waited.

    :param last_wait: minutes between ticket and call of the last one called today, None before the first call
    :return float: minutes of waiting
    """
    return last_wait or 0.0


def average_by_desks(ahead, desks, average=MINUTES_AVERAGE):
    """One average for all procedures, shared by the desks that are open now.

    :param int ahead: tickets to be called before this one
    :param int desks: desks open now; with none, one is assumed
    :param float average: minutes of a service, over all procedures
    :return float: minutes of waiting
    """
    return (ahead + 1) * average / max(desks, 1)
