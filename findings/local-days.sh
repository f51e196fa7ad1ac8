#!/bin/sh
# Cost by local day, a dollar an hour, in zones whose clocks change at midnight. In spring the day begins at 1:00 and has 23
# hours; Havana's clocks go back from 1:00 to 0:00 in autumn, so that its day of 25 hours has two midnights. Polars 2.1.0 knows
# the zones, and one would expect its days to be those of the calendar, or at least to add up.
#   - group_by_dynamic(every="1d") loses hours: in Cairo and Beirut one in spring, in Havana another in autumn. Their cost is on
#     no day and not in the sum. In Santiago none is lost, but the hour before midnight is on the wrong day;
#   - dt.truncate("1d") loses nothing, but makes two days of Havana's longest, of $1 and $24.
# DuckDB 2.0.1 has each hour on its day. Group by dt.date(), which is right in all of them.
# Seen (days of 2025 whose cost is not the calendar's, and dollars that are lost): "group_by_dynamic Santiago 2, Cairo 2, Beirut 2,
# Havana 3, lost 0, 1, 1, 2; truncate Havana 1; dt.date none; DuckDB none".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install polars==2.1.0 duckdb==2.0.1 tzdata==2026.6 pytz
"$folder/venv/bin/python" - <<'PYTHON'
import collections
import datetime
import zoneinfo

import duckdb
import polars

utc = datetime.timezone.utc
hours = [datetime.datetime(2025, 1, 2, tzinfo=utc) + datetime.timedelta(hours=hour) for hour in range(24 * 360)]
frame = polars.DataFrame({"at": hours, "usd": [1] * len(hours)})
duck = duckdb.connect()
duck.execute("CREATE TABLE cost AS SELECT TIMESTAMPTZ '2025-01-02 00:00:00+00' + to_hours(hour) AS began "
             "FROM range(8640) r (hour)")


def in_duckdb(zone):
    duck.execute(f"SET TimeZone = '{zone}'")
    return duck.execute("SELECT CAST(day AS DATE), COUNT(*) FROM (SELECT date_trunc('day', began) AS day FROM cost) "
                        "GROUP BY day").fetchall()


def wrong(days, calendar):
    """How many days of the calendar have another cost."""
    found = collections.defaultdict(list)
    for day, usd in days:
        found[day].append(usd)
    return sum(found[day] != [usd] for day, usd in calendar.items())


zones = ["America/Santiago", "Africa/Cairo", "Asia/Beirut", "America/Havana"]
seen, lost = collections.defaultdict(dict), []
for zone in zones:
    calendar = collections.Counter(hour.astimezone(zoneinfo.ZoneInfo(zone)).date() for hour in hours)
    local, name = frame.with_columns(polars.col("at").dt.convert_time_zone(zone)), zone.split("/")[1]
    at, usd = polars.col("at"), polars.col("usd").sum()
    ways = {
        "group_by_dynamic": local.group_by_dynamic("at", every="1d").agg(usd).with_columns(at.dt.date()).rows(),
        "truncate": local.group_by(at.dt.truncate("1d")).agg(usd).with_columns(at.dt.date()).rows(),
        "dt.date": local.group_by(at.dt.date()).agg(usd).rows(), "DuckDB": in_duckdb(zone)}
    lost.append(len(hours) - sum(usd for _, usd in ways["group_by_dynamic"]))
    for way, days in ways.items():
        if count := wrong(days, calendar):
            seen[way][name] = count
told = {way: ", ".join(f"{name} {count}" for name, count in seen[way].items()) or "none" for way in ways}
print(f"Polars {polars.__version__}, DuckDB {duckdb.__version__}: group_by_dynamic {told['group_by_dynamic']}, lost "
      f"{', '.join(map(str, lost))}; truncate {told['truncate']}; dt.date {told['dt.date']}; DuckDB {told['DuckDB']}")
assert seen["group_by_dynamic"] == {"Santiago": 2, "Cairo": 2, "Beirut": 2, "Havana": 3} and lost == [0, 1, 1, 2]
assert seen["truncate"] == {"Havana": 1} and not seen["dt.date"] and not seen["DuckDB"]
PYTHON
