#!/usr/bin/env bash
# The chapter's questions on Fashion-MNIST, each as a sweep over three seeds: a recipe of minutes, SGD against AdamW, cosine
# against constant and restarts, and residual networks of 18, 34 and 50 layers without their batch norms, their skip
# connections, or both. Every figure is of a validation split of a tenth; docs/results/fashion-mnist.md has what came out.
#
#   docs/results/scripts/fashion_studies.sh OUT [STUDY ...]
#
# STUDY: optimisers, schedules, recipe, depth; all without one. What is finished in OUT is not done again. Some hours on two cores.
# Environment: SEEDS (1,2,3), DATA (/usr/share/datasets/fashion-mnist, from Debian's dataset-fashion-mnist).
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.." && pwd)
data=${DATA:-/usr/share/datasets/fashion-mnist}
seeds=${SEEDS:-1,2,3}

fail() { # exit code, message
    echo "$2" >&2
    exit "$1"
}

[[ $# -ge 1 && $1 != -* ]] || fail 2 "usage: $0 OUT [optimisers|schedules|recipe|depth ...]"
[[ -f $data/train-images-idx3-ubyte.gz ]] ||
    fail 5 "Cannot read $data/train-images-idx3-ubyte.gz. Install dataset-fashion-mnist, or set DATA to the folder of the four files."
mkdir -p "$1"
out=$(cd "$1" && pwd)
shift
[[ -d $out/dataset ]] || "$home/squadron" prepare --from "$data" --out "$out/dataset" --set prepare.validation-share=0.1

# Small pictures, the stem as published, evaluated at the end alone: a run takes one to five minutes.
sweep() { # name, then options of sweep
    local name=$1
    shift
    "$home/squadron" sweep --config "$home/conf/fashion-mnist.conf" --dataset "$out/dataset" --out "$out/$name" --seeds "$seeds" \
        --set training.global-batch=64 --set training.evaluate-every=100ep --set checkpoint.every=100ep "$@"
}

few=(--set sampling.per-class=500 --set training.epochs=6)

optimisers() {
    sweep sgd "${few[@]}" --set optimiser.name=sgd --set optimiser.weight-decay=5e-4 --grid optimiser.learning-rate=0.01,0.03,0.1
    sweep adamw "${few[@]}" --set optimiser.name=adamw --set optimiser.weight-decay=0.05 --grid optimiser.learning-rate=5e-4,2e-3,8e-3
}

# Two restarts fit: 2 and 4 epochs.
schedules() {
    sweep schedules "${few[@]}" --set schedule.restart-first=2ep --set schedule.restart-factor=2 \
        --grid schedule.name=constant,cosine,restarts
}

recipe() {
    sweep recipe --set training.epochs=4 --set training.global-batch=128 --set augment.erase=0.1
}

depth() {
    sweep depth "${few[@]}" --set optimiser.name=sgd --set optimiser.learning-rate=0.03 --set optimiser.clip-norm=1 \
        --grid model.architecture=resnet18,resnet34,resnet50 --grid model.batch-norms=true,false --grid model.skip-connections=true,false
}

for study in "${@:-optimisers schedules recipe depth}"; do
    for each in $study; do
        [[ $each =~ ^(optimisers|schedules|recipe|depth)$ ]] || fail 2 "Cannot run a study $each (expected optimisers, schedules, recipe or depth)."
        "$each"
    done
done
