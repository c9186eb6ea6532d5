"""How fast the portal is, beside a bare Django project on the same machine in the same run.

`make bench` makes a database with data of its own, starts the production server for the portal and
for the bare project, lets each part measure, prints a table and writes var/bench.json.

To add figures, write a module in `parts/` with two functions and name it in `parts.ALL`:

    def furnish() -> None               makes its rows; runs once, in the new database
    def measure(site) -> list[Figure]   asks the running servers; usually `pages.measure(...)`
"""
