"""Times that can be compared: warmed up, alternating, and the middle of several."""

import statistics
import time


def seconds(function, *arguments):
    """How long one call takes, and what it gave."""
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def alternate(functions, runs, warm_up=1):
    """The medians in milliseconds of several functions called in turn.

    Turns make what the machine does besides fall on all of them alike. A function is
    a callable without arguments that gives the seconds of the part that counts.
    """
    for function in functions * warm_up:
        function()
    times = [[function() for function in functions] for _run in range(runs)]
    return [1000 * statistics.median(column) for column in zip(*times, strict=True)]


def percentile(values, share):
    """The value below which ``share`` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
