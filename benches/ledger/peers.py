"""Counts per day and actor how many places it holds, as users of data frames do: TOOL EVENTS OUT.

EVENTS has the columns date, place and actor, one change of a place a row; OUT gets date, actor and count.
Exits with 3 where the tool is not installed.
"""

import sys

tool, events, out = sys.argv[1:4]
try:
    module = __import__(tool)
except ImportError:
    sys.exit(3)

if tool == "duckdb":
    module.sql(f"""COPY (
        WITH e AS (SELECT date, actor, lag(actor) OVER (PARTITION BY place ORDER BY date) AS former FROM read_csv('{events}')),
             d AS (SELECT date, actor, 1 AS n FROM e UNION ALL SELECT date, former, -1 FROM e WHERE former IS NOT NULL),
             s AS (SELECT date, actor, sum(n) AS n FROM d GROUP BY ALL),
             p AS (SELECT * FROM (SELECT DISTINCT date FROM e), (SELECT DISTINCT actor FROM e))
        SELECT date, actor, (sum(coalesce(n, 0)) OVER (PARTITION BY actor ORDER BY date))::BIGINT AS count
        FROM p LEFT JOIN s USING (date, actor) ORDER BY date, actor) TO '{out}' (HEADER)""")
else:
    pl = module
    rows = pl.scan_csv(events).select("date", "place", "actor").sort("date", maintain_order=True)
    rows = rows.with_columns(former=pl.col("actor").shift().over("place"))
    gains = rows.select("date", "actor", n=pl.lit(1))
    losses = rows.filter(pl.col("former").is_not_null()).select("date", actor="former", n=pl.lit(-1))
    days = pl.concat([gains, losses]).group_by("date", "actor").agg(pl.col("n").sum()).collect()
    wide = days.pivot(on="actor", index="date", values="n").sort("date").fill_null(0)
    wide = wide.select("date", *[pl.col(name).cum_sum() for name in sorted(set(days["actor"]))])
    wide.unpivot(index="date", variable_name="actor", value_name="count").sort("date", "actor").write_csv(out)
