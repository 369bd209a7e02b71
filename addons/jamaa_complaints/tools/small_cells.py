"""Small numbers are masked before figures are published, so that nobody is read off them."""

#: A published count of people is nought or at least this.
LEAST = 5


def mask(counts):
    """Mask the small counts of one column whose total is published too.

    A count from 1 to :data:`LEAST` − 1 is masked. Where what is masked adds up to less than
    :data:`LEAST`, or is a single cell, it could be found by subtracting the others from the
    total: the next smallest are masked as well.

    :param list counts: numbers of one column, whose sum readers know
    :return: the same list with None for what is not shown
    """
    hidden = {rank for rank, count in enumerate(counts) if 0 < count < LEAST}
    if hidden:
        others = sorted((count, rank) for rank, count in enumerate(counts) if count >= LEAST)
        while others and (len(hidden) < 2 or sum(counts[rank] for rank in hidden) < LEAST):
            hidden.add(others.pop(0)[1])
    return [None if rank in hidden else count for rank, count in enumerate(counts)]
