"""A step's time by a model, beside what was rehearsed, and carried on: python3 scaling.py OUT.jsonl

OUT.jsonl is what scaling.sh wrote. The model (docs/scaling.md):

    step = compute + 2 K L(n) + max(G(n), W) - W      with W = 2/3 compute + K L(n), the time of backward

K norms, L(n) seconds of one exchange of a norm between n replicas, G(n) seconds to sum the gradient: 2 (n - 1) / n of its bytes
at the rate that the rehearsal's own sum reached. Gradients become ready over backward, so that the last of 25 stretches begins
when backward ends: its share of G(n) is never hidden.
"""
import json
import sys

STRETCH = 4 << 20


def predicted(compute, norms, gather, total, bytes_):
    stretches = max(1, -(-bytes_ // STRETCH))
    backward = compute * 2 / 3 + norms * gather
    forward = compute / 3 + norms * gather
    first = backward / norms * max(1, norms / stretches)
    tail = max(first + total - backward, total / stretches)
    return forward + backward + tail


def main(path):
    lines = [json.loads(line) for line in open(path) if line.strip()]
    print("| network | replicas | one norm, ms | sum, s | only norms, s | only gradients, s | step, s | model, s | off |")
    print("|---|---|---|---|---|---|---|---|---|")
    for r in lines:
        bytes_ = 4 * r["values"]
        model = predicted(r["compute"], r["norms_count"], r["gather"], r["sum"], bytes_)
        print("| %s | %d | %.2f | %.3f | %.3f | %.3f | %.3f | %.3f | %+.1f%% |" % (
            r["network"], r["replicas"], 1e3 * r["gather"], r["sum"], r["norms"], r["gradients"], r["step"], model,
            100 * (model / r["step"] - 1)))
    print()
    carry()


def carry():
    """resnet50, 8 images a replica on 2 cores' float32 (7.5 images/s), 102 MB of gradients, 53 norms of 500 channels on average."""
    compute, norms, channels, bytes_ = 8 / 7.5, 53, 500, 102_000_000
    message = 16 * channels + 200
    print("| replicas | network | one norm, ms | sum, s | exact, every step: s | efficiency | local norms, every step | "
          "local norms, N = 8 |")
    print("|---|---|---|---|---|---|---|---|")
    for n in (2, 8, 16, 128, 1000):
        for name, rate in (("1 GbE", 0.117e9), ("10 GbE", 1.17e9), ("25 GbE", 2.9e9)):
            # 0.12 ms there, 4 microseconds of a core for each message sent or taken, and the bytes on the wire.
            gather = 0.12e-3 + 8e-6 * (n - 1) + (n - 1) * message / rate
            # A core moves and adds 0.8 GB/s at most.
            total = 2 * (n - 1) / n * bytes_ / min(rate, 0.8e9)
            exact = predicted(compute, norms, gather, total, bytes_)
            local = predicted(compute, norms, 0, total, bytes_)
            averaged = compute + 2 * total / 8  # weights and momentum, every eighth step, nothing hidden
            print("| %d | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |" % (
                n, name, 1e3 * gather, total, exact, compute / exact, compute / local, compute / averaged))


main(sys.argv[1])
