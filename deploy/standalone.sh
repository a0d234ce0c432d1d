#!/usr/bin/env bash
# Runs a command of Squadron on a standalone Spark: deploy/standalone.sh spark://host:7077 train --set ...
#
# Environment: EXECUTORS (processes to ask for, 2), CORES (of each, 1; for train as many as training.threads),
# EXECUTOR_MEMORY (heap of each, 2g; the engine's memory outside the heap may become as large), SPARK_HOME (else the
# embedded Spark), SQUADRON_SPARK_ARGS (further options of spark-submit).
set -euo pipefail
[[ $# -ge 2 && $1 == spark://* ]] || {
    echo "usage: $0 spark://HOST:PORT COMMAND [ARGUMENTS]   (for example: $0 spark://master:7077 prepare --help)" >&2
    exit 2
}
master=$1
shift
cores=${CORES:-1}
# One replica takes training.threads cores: with executors of as many cores each gets one.
exec "$(dirname "$(readlink -f "$0")")/../squadron" --spark "--master $master --deploy-mode client \
    --executor-cores $cores --conf spark.cores.max=$((cores * ${EXECUTORS:-2})) \
    --executor-memory ${EXECUTOR_MEMORY:-2g} --conf spark.dynamicAllocation.enabled=false" "$@"
