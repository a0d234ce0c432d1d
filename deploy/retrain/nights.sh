#!/usr/bin/env bash
# Plays nights of retrain with drift, bad deliveries, a kill -9 after every stage and two starts at once, holds each to the exit
# code that it should have, and prints the history: deploy/retrain/nights.sh [NIGHTS [FOLDER]]
# SQUADRON: the command to run instead of ./squadron.
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
nights=${1:-30} work=$(realpath -m "${2:-nights}")
squadron=${SQUADRON:-$home/squadron}
per_night=${PER_NIGHT:-12}
domains=(sunny cloudy noisy night fog)
stages=(1-begun 2-delivered checkpoint 3-trained 4-compared)
source=$work/source registry=$work/registry
settings=(--from "$source" --registry "$registry" --set input.size=32 --set input.resize=32 --set augment.crop=padded
    --set training.epochs=3 --set training.global-batch=16 --set optimiser.clip-norm=1 --set optimiser.learning-rate=0.005
    --set model.stem=small --set retrain.margin=0.1 --set retrain.class-fall=0.25 --set "retrain.lease=4 s")
faults=0 kills=0

[[ ! -e $work ]] || { echo "$work is there already (expected a new folder)" >&2; exit 2; }
mkdir -p "$source" "$work/log"

say() { printf '%(%H:%M:%S)T %s\n' -1 "$*"; }

expect() { # night, found, one of
    local night=$1 found=$2
    shift 2
    for each in "$@"; do [[ $found == "$each" ]] && return; done
    say "FAULT: night $night ended with $found (expected one of $*), see $work/log/$night"
    faults=$((faults + 1))
}

draw() { # the pool of each light, once
    local index
    for index in "${!domains[@]}"; do
        "$squadron" synthesize --out "$work/pool/${domains[index]}" --domain "${domains[index]}" --size 32 \
            --images-per-class $((per_night * (nights / 5 + 2))) --seed "$index" >>"$work/log/draw" 2>&1
    done
}

deliver() { # night, how many of a class, leaving out the class that comes later; the first night fixes the hold-out
    local night=$1 count=$2 domain=${domains[$((($1 - 1) * 5 / nights))]} split folder class file tests=$(($2 / 3))
    [[ $night == 1 ]] && tests=$((count * nights))
    for split in train test; do
        for folder in "$work/pool/$domain/$split"/*; do
            class=$(basename "$folder")
            [[ $class == triangle && $night -lt 6 ]] && continue
            mkdir -p "$source/$split/$class"
            find "$folder" -type f | sort | head -n "$([[ $split == train ]] && echo "$count" || echo "$tests")" |
                while read -r file; do mv "$file" "$source/$split/$class/$night-$(basename "$file")"; done
        done
    done
}

retrain() { # night: the exit code
    local code=0
    "$squadron" retrain "${settings[@]}" --id "$1" >>"$work/log/$1" 2>&1 || code=$?
    echo "$code"
}

patiently() { # night: as retrain, but waits for a lease that nobody renews
    local code
    for _ in {1..20}; do
        code=$(retrain "$1")
        [[ $code == 12 ]] || break
        sleep 2
    done
    echo "$code"
}

reached() { # night, stage
    if [[ $2 == checkpoint ]]; then
        compgen -G "$registry/runs/$1/checkpoints/*/checkpoint.json" >/dev/null
    else
        [[ -e $registry/nights/$1/$2.json ]]
    fi
}

crash() { # night, stage: kills the night as soon as it has left that stage's file
    sleep 5 # the lease of the one before expires
    "$squadron" retrain "${settings[@]}" --id "$1" >>"$work/log/$1" 2>&1 &
    local job=$!
    while kill -0 "$job" 2>/dev/null && ! reached "$1" "$2"; do sleep 0.01; done
    kill -9 "$job" 2>/dev/null || true
    wait "$job" 2>/dev/null || true
    kills=$((kills + 1))
    say "$1: killed at $2$([[ -e $registry/nights/$1/5-ended.json ]] && echo ", too late: the night is over")"
}

both() { # night: two at once, whose codes are printed sorted
    retrain "$1" >"$work/log/$1.one" &
    retrain "$1" >"$work/log/$1.two" &
    wait
    sort -n "$work/log/$1.one" "$work/log/$1.two" | tr '\n' ' '
}

promoted() { grep -o '"model" : "[^"]*"' "$registry/promoted.json" 2>/dev/null | head -n 1 || true; }

say "drawing"
draw
for ((i = 1; i <= nights; i++)); do
    night=$(printf 'night-%02d' "$i") before=$(promoted)
    case $((i % 6)) in
        2)
            code=$(retrain "$night")
            say "$night: nothing comes: $code"
            expect "$night" "$code" 10
            ;;
        3)
            for ((j = 0; j < 10; j++)); do head -c 100 /dev/urandom >"$source/train/circle/bad-$j.png"; done
            code=$(patiently "$night")
            say "$night: a bad delivery: $code"
            expect "$night" "$code" 3
            [[ $(promoted) == "$before" ]] || { say "FAULT: the pointer moved"; faults=$((faults + 1)); }
            rm "$source"/train/circle/bad-*.png
            ;;
        4)
            deliver "$i" "$per_night"
            for stage in "${stages[@]}"; do crash "$night" "$stage"; done
            code=$(patiently "$night")
            say "$night: gone on with: $code"
            expect "$night" "$code" 0 11
            ;;
        5)
            deliver "$i" "$per_night"
            codes=$(both "$night")
            say "$night: two at once: $codes"
            [[ $codes =~ ^(0|11)\ (12|0|11)\ $ ]] || expect "$night" "$codes" "0 12" "11 12"
            ;;
        *)
            deliver "$i" "$per_night"
            code=$(retrain "$night")
            say "$night: $(((i == 1)) && echo "the first" || echo "new images"): $code"
            expect "$night" "$code" 0 11
            ;;
    esac
done
"$squadron" registry "$registry"
say "$nights nights, $kills kills, $faults faults"
((faults == 0))
