#!/bin/sh
# Spark 4.3.0 with adaptive execution off: a sum over a UNION ALL of partitioned tables, which partition pruning should speed
# up, fails if expressions are interpreted instead of compiled (spark.sql.codegen.factoryMode=NO_CODEGEN, which is faster for
# small queries). The filter expected from the other side of the join is used before it exists. The job fails, rather than
# run slower; compiled, or without spark.sql.optimizer.dynamicPartitionPruning.enabled, the same SQL works.
# Seen: IllegalArgumentException: requirement failed: … IN dynamicpruning#… has not finished
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for home in "${JAVA_HOME:-/nowhere}" /usr/lib/jvm/*17*; do
  if [ -x "$home/bin/java" ]; then break; fi
done
export JAVA_HOME="$home" SPARK_LOCAL_IP=127.0.0.1
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --disable-pip-version-check --quiet install pyspark==4.3.0
cat >"$folder/ask.py" <<'END'
import re
import sys
from pyspark.sql import SparkSession

folder, compiled, prunes = sys.argv[1], sys.argv[2] == "compiled", sys.argv[3]
builder = SparkSession.builder.master("local[1]")
settings = {
    "spark.sql.adaptive.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.ui.enabled": "false",
    "spark.log.level": "OFF", "spark.sql.optimizer.dynamicPartitionPruning.enabled": prunes,
    "spark.sql.warehouse.dir": f"{folder}/{compiled}-{prunes}",
}
if not compiled:
    settings |= {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
for name, value in settings.items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
for sql in """
    CREATE TABLE cost (resource BIGINT, amount BIGINT, day BIGINT) USING parquet PARTITIONED BY (day);
    INSERT INTO cost SELECT id % 7, id * 10, id % 5 FROM range(500);
    CREATE TABLE resource (id BIGINT, kind STRING, born BIGINT) USING parquet PARTITIONED BY (born);
    INSERT INTO resource SELECT id, CASE WHEN id % 2 = 0 THEN 'even' ELSE 'odd' END, id % 5 FROM range(7);
    CREATE TABLE again (day BIGINT, resource BIGINT, amount BIGINT) USING parquet;
    INSERT INTO again VALUES (2, 1, 5), (3, 2, 6);
    CREATE TABLE calendar (day BIGINT, week STRING) USING parquet;
    INSERT INTO calendar VALUES (0, 'a'), (1, 'a'), (2, 'b'), (3, 'b'), (4, 'b');
    CREATE VIEW net AS
      SELECT c.day AS day, c.resource AS resource, c.amount AS amount
      FROM cost c JOIN resource r ON r.id = c.resource WHERE r.kind = 'even'
      UNION ALL
      SELECT a.day, a.resource, -a.amount FROM again a JOIN resource r ON r.id = a.resource""".split(";"):
    spark.sql(sql)
try:
    rows = spark.sql("""
        SELECT r.kind, SUM(n.amount) FROM net n JOIN calendar d ON d.day = n.day JOIN resource r ON r.id = n.resource
        WHERE d.week = 'b' GROUP BY r.kind ORDER BY r.kind""").collect()
    print(spark.version, *sys.argv[2:], [tuple(row) for row in rows])
except Exception as error:
    print(spark.version, *sys.argv[2:], *re.findall(r"requirement failed.*has not finished", str(error))[:1])
END
expect() {
  said=$("$folder/venv/bin/python" "$folder/ask.py" "$folder" "$1" "$2" 2>/dev/null | tail -1)
  echo "$said"
  case "$said" in *"$3"*) ;; *) echo "no longer so" >&2; exit 1 ;; esac
}
expect interpreted true "has not finished"
expect interpreted false "('even', "
expect compiled true "('even', "
