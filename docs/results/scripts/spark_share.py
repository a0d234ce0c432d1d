"""What Spark and the ends of a round cost: python3 spark_share.py RUN/history.jsonl ...

For each round that neither evaluates nor checkpoints: its seconds by the driver's clock, less the longest rank's time for
reading, computing and waiting for other ranks. What is left is Spark's scheduling, the agreement on the state, its hash, and
the report: an upper bound of Spark's share. The first round also opens the engine, and stands apart.
"""
import json
import sys

for path in sys.argv[1:]:
    with open(path) as file:
        entries = [json.loads(line) for line in file if line.strip()]
    busy = {e["step"] for e in entries if e["event"] in ("evaluation", "checkpoint")}
    rounds = [e for e in entries if e["event"] == "round"]
    quiet = [r for r in rounds if r["endStep"] not in busy]
    rests = []
    for r in quiet:
        work = max(sum(t[k] for k in ("read", "compute", "normWait", "gradientWait")) for t in r["timings"])
        rests.append(r["seconds"] - work)
        print(f'{path} round {r["round"]}: {r["endStep"] - r["firstStep"]} steps, {r["seconds"]:.2f} s, '
              f'of it {rests[-1]:.3f} s no work of a rank, {100 * rests[-1] / r["seconds"]:.2f}%')
    later = [(rest, r["seconds"]) for rest, r in zip(rests, quiet) if r["round"] > 0]
    if later:
        print(f'{path} {len(later)} rounds after the first: {sum(s for _, s in later) / len(later):.2f} s each, '
              f'{sum(rest for rest, _ in later) / len(later):.3f} s no work of a rank, '
              f'{100 * sum(rest for rest, _ in later) / sum(s for _, s in later):.2f}%')
