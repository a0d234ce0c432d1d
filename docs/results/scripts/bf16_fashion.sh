#!/usr/bin/env bash
# Does bfloat16 learn as well as float32? resnet18 on 20,000 images of Fashion-MNIST, the same seeds with both; accuracy on
# the 10,000 test images. One image in fifty is set apart to be watched during training.
#
#   docs/results/scripts/bf16_fashion.sh OUT            OUT is a new folder for dataset and runs
#
# Environment: IMAGES (default 20000), EPOCHS (6), SEEDS ("1 2 3"), DATA (/usr/share/datasets/fashion-mnist, from Debian's
# dataset-fashion-mnist), and KEY, FIRST and SECOND: the key that is compared and its two values
# (training.precision, float32, bfloat16).
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.." && pwd)
data=${DATA:-/usr/share/datasets/fashion-mnist}
images=${IMAGES:-20000}
epochs=${EPOCHS:-6}
key=${KEY:-training.precision}
values=("${FIRST:-float32}" "${SECOND:-bfloat16}")
read -r -a seeds <<<"${SEEDS:-1 2 3}"

fail() { # exit code, message
    echo "$2" >&2
    exit "$1"
}

[[ $# == 1 && $1 != -* ]] || fail 2 "usage: $0 OUT"
[[ ! -e $1 ]] || fail 4 "Cannot write to $1: it is there already. Name a new folder."
[[ -f $data/train-images-idx3-ubyte.gz ]] ||
    fail 5 "Cannot read $data/train-images-idx3-ubyte.gz. Install dataset-fashion-mnist, or set DATA to the folder of the four files."
[[ $images =~ ^[0-9]+$ ]] && ((images >= 1000 && images <= 60000)) ||
    fail 2 "Cannot train on $images images (expected 1000 to 60000)."
mkdir -p "$1"
out=$(cd "$1" && pwd)

# The first N entries of an IDX file: its magic, the new count, the sides, then the entries.
first_of() { # file, magic, bytes of an entry, sides
    (
        set +o pipefail # head ends before gunzip does
        printf "$2"
        printf "\\x$(printf '%02x' $((images >> 24)))\\x$(printf '%02x' $((images >> 16 & 255)))"
        printf "\\x$(printf '%02x' $((images >> 8 & 255)))\\x$(printf '%02x' $((images & 255)))"
        printf "$4"
        gunzip -c "$1" | tail -c +$((9 + ${#4} / 4)) | head -c $((images * $3))
    )
}

mkdir "$out/images"
first_of "$data/train-images-idx3-ubyte.gz" '\x00\x00\x08\x03' 784 '\x00\x00\x00\x1c\x00\x00\x00\x1c' \
    >"$out/images/train-images-idx3-ubyte"
first_of "$data/train-labels-idx1-ubyte.gz" '\x00\x00\x08\x01' 1 '' >"$out/images/train-labels-idx1-ubyte"
cp "$data"/t10k-*.gz "$out/images/"
"$home/squadron" prepare --from "$out/images" --out "$out/dataset" --set prepare.validation-share=0.02

for seed in "${seeds[@]}"; do
    for value in "${values[@]}"; do
        run=$out/run-$value-$seed
        began=$SECONDS
        "$home/squadron" train --config "$home/conf/fashion-mnist.conf" --dataset "$out/dataset" --run "$run" \
            --set "training.epochs=$epochs" --set "seed=$seed" --set "$key=$value" >"$run.log" 2>&1 ||
            fail $? "Cannot train with $key=$value, seed $seed: $(tail -n 5 "$run.log")"
        "$home/squadron" evaluate --run "$run" --dataset "$out/dataset" --split test >>"$run.log" 2>&1 ||
            fail $? "Cannot evaluate with $key=$value, seed $seed: $(tail -n 5 "$run.log")"
        accuracy=$(sed -n 's/^ *"accuracy" : \([0-9.]*\),*$/\1/p' "$run/evaluation/test/metrics.json")
        echo "$value $seed $accuracy $((SECONDS - began))" | tee -a "$out/accuracies.txt" |
            awk '{printf "%s, seed %s: %.2f%%, %d s\n", $1, $2, 100 * $3, $4}'
    done
done

awk -v first="${values[0]}" -v second="${values[1]}" '
    { n[$1]++; sum[$1] += $3; square[$1] += $3 * $3
      if (n[$1] == 1 || $3 < low[$1]) low[$1] = $3
      if (n[$1] == 1 || $3 > high[$1]) high[$1] = $3 }
    function line(v, mean, spread) {
        mean = sum[v] / n[v]
        spread = n[v] > 1 ? sqrt((square[v] - n[v] * mean * mean > 0 ? square[v] - n[v] * mean * mean : 0) / (n[v] - 1)) : 0
        printf "%s: mean %.2f%% of %d seeds, deviation %.2f, %.2f to %.2f\n", v, 100 * mean, n[v], 100 * spread, 100 * low[v], 100 * high[v]
        return mean }
    END { before = line(first)
          after = line(second)
          printf "%s less %s: %+.2f points\n", second, first, 100 * (after - before) }' "$out/accuracies.txt" | tee "$out/result.txt"
