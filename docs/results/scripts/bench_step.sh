#!/usr/bin/env bash
# Our step and PyTorch's on this machine, one after the other, again and again: rates and peak memory.
#
#   docs/results/scripts/bench_step.sh OUT [--architecture NAME] [--batch N,..] [--size N] [--threads N,..]
#                                          [--precision P,..] [--mode train|infer|frozen] [--steps N]
#
# What is not given: resnet50, 16, 224, 2, float32,bfloat16, train, 7. OUT is a new folder for tables and JSON.
# Environment: ROUNDS (default 3), ENGINES (default onednn), PYTHON (default /usr/bin/python3, with Debian's python3-torch).
# Run it on a machine that does nothing else: the load average is printed.
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.." && pwd)
python=${PYTHON:-/usr/bin/python3}

usage() {
    sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
}

[[ $# -ge 1 && $1 != -* ]] || usage
out=$1
shift
[[ ! -e $out ]] || { echo "Cannot write to $out: it is there already. Name a new folder." >&2; exit 4; }
"$python" -c 'import torch, torchvision' || {
    echo "Cannot compare with PyTorch: $python has no torch. Install python3-torch and python3-torchvision, or set PYTHON." >&2
    exit 5
}

architecture=resnet50 batch=16 size=224 threads=2 precision=float32,bfloat16 mode=train steps=7
while [[ $# -gt 0 ]]; do
    [[ $# -ge 2 ]] || usage
    case $1 in
        --architecture | --batch | --size | --threads | --precision | --mode | --steps)
            printf -v "${1#--}" '%s' "$2"
            ;;
        *) usage ;;
    esac
    shift 2
done

same=(--architecture "$architecture" --batch "$batch" --size "$size" --threads "$threads" --mode "$mode" --steps "$steps"
    --precision "$precision")
mkdir -p "$out"
for ((round = 1; round <= ${ROUNDS:-3}; round++)); do
    echo "== round $round, $(date -u +%FT%TZ), load $(cut -d' ' -f1-3 /proc/loadavg)"
    "$home/squadron" bench step "${same[@]}" --engine "${ENGINES:-onednn}" --fork --json "$out/squadron-$round.json"
    "$python" "$home/docs/results/scripts/pytorch_step.py" "${same[@]}" --json "$out/pytorch-$round.json" \
        --beside "$out/squadron-$round.json"
done | tee "$out/tables.txt"
