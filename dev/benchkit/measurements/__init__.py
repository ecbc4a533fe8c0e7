"""One file for each group of figures; ``benchkit.registry`` finds them by itself."""
