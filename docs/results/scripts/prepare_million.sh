#!/usr/bin/env bash
# How long `prepare` takes for very many tiny images, and how much heap.
#
#   docs/results/scripts/prepare_million.sh OUT [IMAGES]
#
# OUT is a new folder; IMAGES is 1000000 unless given, about 4 kB of disk each. They are made first, as tars of 10,000
# (tiny_tars.py). SQUADRON_HEAP is 2g unless set: driver and executors are one process here. Prints seconds, images/s, the most
# heap in use before a collection, and the most after one.
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.." && pwd)
[[ $# -ge 1 && $1 != -* ]] || { sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
out=$1
images=${2:-1000000}
[[ ! -e $out ]] || { echo "Cannot write to $out: it is there already. Name a new folder." >&2; exit 4; }
mkdir -p "$out"
python3 "$home/docs/results/scripts/tiny_tars.py" "$out/source" "$images"
uptime
began=$(date +%s.%N)
SQUADRON_HEAP=${SQUADRON_HEAP:-2g} SQUADRON_JAVA_OPTS="${SQUADRON_JAVA_OPTS:-} -Xlog:gc:file=$out/gc.log" \
    "$home/squadron" prepare --from "$out/source" --out "$out/dataset"
ended=$(date +%s.%N)
awk -v began="$began" -v ended="$ended" -v images="$images" 'BEGIN {
    printf "%d images in %.1f s: %.0f images/s\n", images, ended - began, images / (ended - began) }'
# A line of the log ends in "123M->45M(2048M) 6.7ms".
grep -o '[0-9]*M->[0-9]*M(' "$out/gc.log" | tr -c '0-9\n' ' ' | awk '
    $1 > before { before = $1 } $2 > after { after = $2 }
    END { printf "heap: at most %d MB before a collection, %d MB after one\n", before, after }'
