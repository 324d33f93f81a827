#!/usr/bin/env python3
"""Triages a directory of JSON Lines on Spark, in one of two modes.

    spark-submit job.py pipe INPUT    pipes every account through statuscode on its executor
    spark-submit job.py join INPUT    joins the code table, for exports that are already in columns

Both print accounts by institution, category, and code as CSV. `pipe` reads everything that statuscode reads, with one
document per line, and counts invalid lines. `join` reads only the columns in COLUMNS.
"""

import subprocess
import sys

from pyspark.sql import SparkSession, functions as f

MAPPER = "statuscode triage -f jsonl --invalid allow -q"
SCHEMA = "institutionId string, category string, aggregationStatusCode long, error string"
COLUMNS = "institutionId string, aggregationStatusCode string, aggregationSuccessDate long, aggregationAttemptDate long"


def by_pipe(spark, path, mapper=MAPPER):
    """Counts with the program as a mapper. Without checkCode, the rows of a mapper that fails are lost silently."""
    lines = spark.sparkContext.textFile(path).pipe(mapper, checkCode=True)
    # pipe() returns text. With a schema, Spark does not need another pass to infer it.
    answers = spark.read.schema(SCHEMA).json(lines)
    category = f.coalesce("category", f.lit("invalid"))
    return answers.groupBy("institutionId", category.alias("category"), "aggregationStatusCode").count()


def code_table(spark, program="statuscode"):
    """Returns the catalog as a small table, which is sent to every executor."""
    lines = subprocess.run([program, "list", "-f", "jsonl"], check=True, capture_output=True, text=True).stdout
    return spark.read.json(spark.sparkContext.parallelize(lines.splitlines(), 1)).select("code", "category")


def by_join(spark, path, codes):
    """Counts by joining the code table. A code alone does not determine pending and stale, so this does."""
    accounts = spark.read.schema(COLUMNS).json(path)
    text = f.trim("aggregationStatusCode")
    code = f.when(text.rlike("^[0-9]{1,9}$"), text).cast("long")
    stale = f.col("aggregationAttemptDate") > f.col("aggregationSuccessDate")
    category = (
        f.when(f.col("aggregationStatusCode").isNull(), "pending")
        .when(code.isNull(), "invalid")
        .when((code == 0) & stale, "stale")
        .otherwise(f.coalesce("category", f.lit("unknown")))
    )
    joined = accounts.withColumn("known", code).join(f.broadcast(codes), f.col("known") == f.col("code"), "left")
    return joined.groupBy("institutionId", category.alias("category"), f.col("known").alias("aggregationStatusCode")).count()


def main():
    way, path = sys.argv[1:]
    spark = SparkSession.builder.appName("statuscode").getOrCreate()
    counts = by_pipe(spark, path) if way == "pipe" else by_join(spark, path, code_table(spark))
    counts.orderBy(f.desc("count")).toPandas().to_csv(sys.stdout, index=False)


if __name__ == "__main__":
    main()
