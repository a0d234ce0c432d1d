#!/usr/bin/env bash
# Kills executors and drivers of training runs at random moments, on a cluster of real processes on this machine, until
# enough strikes are made; every run has to end with the bits of a quiet one: deploy/soak.sh [STRIKES [SEED [JSON]]]
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
strikes=${1:-30} seed=${2:-1} json=$(realpath "${3:-soak.json}")
(cd "$home" && ./mvnw -q -B -ntp -P quick -pl jobs -am package)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m "-Dsquadron.home=$home" "-Dlog4j2.configurationFile=file:$home/conf/log4j2.properties" \
    -cp "$home/jobs/target/test-classes:$home/jobs/target/squadron.jar:$home/jobs/target/spark/jars/*" \
    io.squadron.jobs.cluster.Soak "$strikes" "$seed" "$folder" "$json"
