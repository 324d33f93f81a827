#!/usr/bin/env python3
"""Runs the join from docs/scaling.md in several engines and compares the counts with those of triage.

    cargo build --release --examples && python3 examples/warehouse/recipes.py [duckdb|postgresql|spark|dbt]...

`statuscode list -f sql` creates the code table, and join.sql is the same in every engine. The script installs DuckDB, Spark,
and dbt with pip if they are missing. PostgreSQL must be installed; its server runs in a temporary directory.
"""

import csv
import glob
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE.parents[1] / "target/release"
JOIN = (HERE / "join.sql").read_text()
ACCOUNTS = "CREATE TABLE accounts (id VARCHAR(40), aggregationStatusCode INTEGER)"


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode:
        sys.exit(f"{command[0]} failed with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def need(module, *packages):
    if importlib.util.find_spec(module) is None:
        run(sys.executable, "-m", "pip", "install", "--quiet", *packages)


def inserts(rows):
    values = ",\n".join(f"('{id}', {'NULL' if code is None else code})" for id, code in rows)
    return f"INSERT INTO accounts VALUES\n{values}"


def statements(sql):
    """Splits the SQL that creates the code table into statements. No string in it ends a line with a semicolon."""
    return [part for part in sql.split(";\n") if part.strip()]


def duckdb(codes, rows, _folder):
    need("duckdb", "duckdb")
    import duckdb as engine

    database = engine.connect()
    for statement in [*statements(codes), ACCOUNTS, inserts(rows)]:
        database.execute(statement)
    return database.execute(JOIN).fetchall()


def postgresql(codes, rows, folder):
    servers = sorted(glob.glob("/usr/lib/postgresql/*/bin")) or [str(Path(shutil.which("pg_ctl") or sys.exit("no PostgreSQL server")).parent)]
    server, data = Path(servers[-1]), folder / "data"
    # The server refuses to run as root.
    shutil.chown(folder, "postgres") if os.getuid() == 0 else None
    own = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    run(*own, server / "initdb", "-A", "trust", "-D", data)
    run(*own, server / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", f"-k {folder} -h ''", "start", stdin=subprocess.DEVNULL)
    try:
        script = f"{codes}\n{ACCOUNTS};\n{inserts(rows)};\n{JOIN};\n"
        user = "postgres" if own else os.environ.get("USER", "postgres")
        table = run(*own, server / "psql", "-h", folder, "-U", user, "-d", "postgres", "-q", "--csv", "-v", "ON_ERROR_STOP=1", input=script)
        return [(r["category"], int(r["code"]) if r["code"] else None, r["title"] or None, int(r["accounts"])) for r in csv.DictReader(io.StringIO(table))]
    finally:
        run(*own, server / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def spark(codes, rows, folder):
    need("pyspark", "pyspark")
    from pyspark.sql import SparkSession

    warehouse = str(folder / "warehouse")
    options = {"spark.sql.warehouse.dir": warehouse, "spark.ui.enabled": "false", "spark.sql.parquet.compression.codec": "uncompressed"}
    session = SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    for statement in statements(codes):
        session.sql(statement)
    session.createDataFrame(rows, "id string, aggregationStatusCode int").createOrReplaceTempView("accounts")
    answer = session.sql(JOIN.replace("SELECT", "SELECT /*+ BROADCAST(codes) */", 1))
    assert "BroadcastHashJoin" in answer._jdf.queryExecution().toString()
    table = [tuple(row) for row in answer.collect()]
    session.stop()
    return table


def dbt(_codes, rows, folder):
    need("dbt", "dbt-core~=1.9.0", "dbt-duckdb~=1.9.0")
    import duckdb as engine

    project = {
        "dbt_project.yml": "name: states\nprofile: states\nversion: '1.0.0'\n"
        "seeds:\n  states:\n    accounts:\n      +column_types: {id: varchar, aggregationStatusCode: integer}\n",
        "profiles.yml": "states:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: states.duckdb}\n",
        "seeds/aggregation_status_codes.csv": run(BUILT / "statuscode", "list", "-f", "csv"),
        "seeds/accounts.csv": "id,aggregationStatusCode\n" + "".join(f"{id},{'' if code is None else code}\n" for id, code in rows),
        "models/states.sql": JOIN.replace("FROM accounts", "FROM {{ ref('accounts') }} AS accounts").replace(
            "JOIN aggregation_status_codes", "JOIN {{ ref('aggregation_status_codes') }}"
        ),
    }
    for name, text in project.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    run("dbt", "build", "--profiles-dir", ".", cwd=folder, env=os.environ | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "0"})
    return engine.connect(str(folder / "states.duckdb")).execute("SELECT category, code, title, accounts FROM states").fetchall()


def expected(lines):
    """Returns the counts of triage by code. Stale accounts count as ok, because the join does not look at dates."""
    answer = json.loads(run(BUILT / "statuscode", "triage", "--json", input=lines))
    counts, rows = Counter(), []
    for row in answer["summary"]["byCode"]:
        counts["ok" if row["category"] == "stale" else row["category"], row["aggregationStatusCode"]] += row["accounts"]
    for account in answer["accounts"]:
        rows.append((account["id"], account["aggregationStatusCode"]))
    return counts, rows


def main():
    engines = {"duckdb": duckdb, "postgresql": postgresql, "spark": spark, "dbt": dbt}
    lines = run(BUILT / "examples/generate", "failing", 5000)
    counts, rows = expected(lines)
    codes = run(BUILT / "statuscode", "list", "-f", "sql")
    for name in sys.argv[1:] or engines:
        with tempfile.TemporaryDirectory() as folder:
            table = engines[name](codes, rows, Path(folder))
        found = Counter({(category, code): accounts for category, code, _, accounts in table})
        if found != counts:
            sys.exit(f"{name}: differs from triage by {found - counts} and {counts - found}")
        print(f"{name}: {len(rows)} accounts in {len(table)} states, with the same counts as triage")


main()
