#!/usr/bin/env bash
# Rehearses the messages of training steps between 2, 4 and 8 replicas, each in a network namespace of its own with the
# rate of a network to be rehearsed: sudo docs/results/scripts/scaling.sh OUT.jsonl
#
# Needs root, iproute2 and a built driver (./mvnw -P quick package builds it with its test classes). Where a replica would compute
# it waits, so that eight fit on two cores; the JVMs' own work is what is left of the rehearsal that a cluster has not.
# Environment: NETWORKS (rates), REPLICAS, COMPUTE (ms), NORMS, CHANNELS (mean of a norm), VALUES, STEPS.
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.." && pwd)
out=${1:?usage: $0 OUT.jsonl}
networks=${NETWORKS:-1gbit 200mbit}
path=$home/driver/target/test-classes:$home/driver/target/classes:$home/worker-common/target/classes:$home/jobs/target/spark/jars/*
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
folder=$(mktemp -d)

clear_network() {
    for ((i = 0; i < 64; i++)); do ip netns del squadron-$i 2>/dev/null || true; done
    ip link del squadron0 2>/dev/null || true
}
trap 'clear_network; rm -rf "$folder"' EXIT

make_network() { # replicas, rate
    clear_network
    ip link add squadron0 type bridge
    ip link set squadron0 up
    for ((i = 0; i < $1; i++)); do
        ip netns add squadron-$i
        ip link add squadron-v$i type veth peer name eth0 netns squadron-$i
        ip link set squadron-v$i master squadron0 up
        ip -n squadron-$i addr add 10.213.0.$((i + 1))/24 dev eth0
        ip -n squadron-$i link set eth0 up
        ip -n squadron-$i link set lo up
        # Both ways the rate, with a queue of two milliseconds: longer ones would make norms wait behind gradients.
        ip netns exec squadron-$i tc qdisc add dev eth0 root tbf rate "$2" burst 256k latency 2ms
        tc qdisc add dev squadron-v$i root tbf rate "$2" burst 256k latency 2ms
    done
}

: >"$out"
for network in $networks; do
    for replicas in ${REPLICAS:-2 4 8}; do
        make_network "$replicas" "$network"
        rm -f "$folder"/*
        pids=()
        for ((i = 0; i < replicas; i++)); do
            ip netns exec squadron-$i "$java" -Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$path" \
                io.squadron.driver.transport.Rehearsal $i "$replicas" 10.213.0.$((i + 1)) "$folder" "${COMPUTE:-1000}" \
                "${NORMS:-53}" "${CHANNELS:-500}" "${VALUES:-6400000}" "${STEPS:-5}" >"$folder/said-$i" 2>"$folder/error-$i" &
            pids+=($!)
        done
        for pid in "${pids[@]}"; do
            wait "$pid" || { cat "$folder"/error-* >&2; exit 1; }
        done
        sed "s/{/{\"network\": \"$network\", \"compute_ms\": ${COMPUTE:-1000}, \"norms_count\": ${NORMS:-53}, \"values\": ${VALUES:-6400000}, /" \
            "$folder/said-0" | tee -a "$out"
    done
done
