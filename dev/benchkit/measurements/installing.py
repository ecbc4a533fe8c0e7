"""What it costs to put the addon into a database that is in use."""

from ..registry import Figure, measurement

SIZES = "SELECT pg_database_size(current_database()) / 1048576.0"


@measurement("installing", "Installing into a database in use", order=10)
def installing(bench):
    """Time and memory of the installation, and what the databases weigh."""
    facts = bench.facts
    yield Figure("making the contacts", "s", stock=facts["population_seconds"])
    yield Figure("installing the addon", "s", ours=facts["install_seconds"],
                 note=f"then VACUUM ANALYZE {facts['vacuum_seconds']} s")  # fmt: skip
    yield Figure("peak memory of that", "MiB", ours=facts["install_peak_mb"])
    sizes = [float(side.query(SIZES)[0][0]) for side in bench.sides]
    yield Figure("size of the database", "MiB", *sizes)
