#!/usr/bin/env bash
# Runs a command of Squadron on a standalone Spark: deploy/standalone.sh spark://host:7077 train --set ...
#
# Environment: SPARK_HOME (else the embedded Spark), SLOTS (cores to ask for, 2), EXECUTOR_MEMORY (4g),
# SQUADRON_SPARK_ARGS (further options of spark-submit).
set -euo pipefail
[[ $# -ge 2 && $1 == spark://* ]] || {
    echo "usage: $0 spark://HOST:PORT COMMAND [ARGUMENTS]   (for example: $0 spark://master:7077 prepare --help)" >&2
    exit 2
}
master=$1
shift
slots=${SLOTS:-2}
# One executor: today the replicas of a run are threads of one JVM (see README.md beside this script).
exec "$(dirname "$(readlink -f "$0")")/../squadron" --spark "--master $master --deploy-mode client \
    --executor-cores $slots --conf spark.cores.max=$slots --executor-memory ${EXECUTOR_MEMORY:-4g}" "$@"
