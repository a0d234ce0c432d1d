#!/usr/bin/env python3
"""What `./squadron bench step` measures, measured for PyTorch on the same machine.

Each variant (precision x memory format) runs in a process of its own, which says how many images a second it
computes and how much memory it had at most. Needs Debian's python3-torch and python3-torchvision.

    pytorch_step.py --architecture resnet50 --batch 16 --size 224 --threads 2
    pytorch_step.py --architecture resnet50 --batch 16 --mode frozen --precision float32 --beside step.json

With --beside FILE, the JSON of our bench, it ends with our rate over the better memory format of each precision.
"""
import argparse
import json
import subprocess
import sys

PRECISIONS = ("float32", "bfloat16")
LAYOUTS = ("contiguous", "channels_last")


def words(known):
    def parse(text):
        chosen = text.split(",")
        unknown = [each for each in chosen if each not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(known)}")
        return chosen
    return parse


def numbers(text):
    return [int(each) for each in text.split(",")]


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--architecture", required=True, help="a model of torchvision")
    parser.add_argument("--batch", type=numbers, default=[16], help="images of a step, separated by commas")
    parser.add_argument("--size", type=int, default=224, help="edge of the images")
    parser.add_argument("--threads", type=numbers, default=[2], help="cores, separated by commas")
    parser.add_argument("--precision", type=words(PRECISIONS), default=list(PRECISIONS))
    parser.add_argument("--layout", type=words(LAYOUTS), default=list(LAYOUTS))
    parser.add_argument("--mode", choices=("train", "infer", "frozen"), default="train")
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--warmup", type=int, default=3, help="steps that do not count")
    parser.add_argument("--steps", type=int, default=7, help="steps whose median counts")
    parser.add_argument("--beside", metavar="FILE", help="JSON of ./squadron bench step")
    parser.add_argument("--json", metavar="FILE", help="where the figures go")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def build(arguments, torch):
    import torchvision
    further = {"aux_logits": False, "init_weights": False} if arguments.architecture == "googlenet" else {}
    network = getattr(torchvision.models, arguments.architecture)(num_classes=arguments.classes, **further)
    network.train()
    if arguments.mode == "infer":
        network.eval()
    if arguments.mode == "frozen":
        network.eval()  # batch norms of the body use their running statistics, as ours do
        network.requires_grad_(False)
        head = [each for each in network.modules() if isinstance(each, torch.nn.Linear)][-1]
        head.train().requires_grad_(True)
    return network


def step_of(arguments, torch):
    """A function that computes one step."""
    layout = torch.channels_last if arguments.layout == ["channels_last"] else torch.contiguous_format
    network = build(arguments, torch).to(memory_format=layout)
    images = torch.randn(arguments.batch[0], 3, arguments.size, arguments.size).to(memory_format=layout)
    labels = torch.randint(0, arguments.classes, (arguments.batch[0],))
    low = arguments.precision == ["bfloat16"]

    def infer():
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=low):
            network(images)

    if arguments.mode == "infer":
        return infer
    learned = [each for each in network.parameters() if each.requires_grad]
    optimiser = torch.optim.SGD(learned, lr=1e-4, momentum=0.9, weight_decay=1e-4)

    def train():
        optimiser.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=low):
            loss = torch.nn.functional.cross_entropy(network(images), labels)
        loss.backward()
        optimiser.step()

    return train


def measure(arguments):
    """One variant, in this process."""
    import resource
    import statistics
    import time
    import torch

    torch.manual_seed(0)
    torch.set_num_threads(arguments.threads[0])
    step = step_of(arguments, torch)
    for _ in range(arguments.warmup):
        step()
    seconds = []
    for _ in range(arguments.steps):
        began = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - began)
    median = statistics.median(seconds)
    return {
        "torch": torch.__version__,
        "precision": arguments.precision[0],
        "layout": arguments.layout[0],
        "batch": arguments.batch[0],
        "threads": arguments.threads[0],
        "millis": 1000 * median,
        "imagesPerSecond": arguments.batch[0] / median,
        "peakResidentBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }


def in_own_process(arguments, batch, threads, precision, layout):
    # This process stays small (it never loads torch), lest its size shows in the peak of the one it starts.
    command = [sys.executable, __file__, "--alone", "--architecture", arguments.architecture]
    command += ["--size", str(arguments.size), "--classes", str(arguments.classes), "--mode", arguments.mode]
    command += ["--warmup", str(arguments.warmup), "--steps", str(arguments.steps)]
    command += ["--batch", str(batch), "--threads", str(threads), "--precision", precision, "--layout", layout]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def compare(rows, ours):
    """Our rate, and our memory where it was measured, over those of the better layout."""
    for mine in ours["results"]:
        key = (mine["precision"], mine["batch"], mine["threads"])
        alike = [row for row in rows if (row["precision"], row["batch"], row["threads"]) == key]
        if "millis" not in mine or not alike:
            continue
        best = max(alike, key=lambda row: row["imagesPerSecond"])
        rate = mine["imagesPerSecond"] / best["imagesPerSecond"]
        line = f"{mine['engine']} {key[0]} batch {key[1]} threads {key[2]}: {rate:.2f} times torch {best['layout']}"
        if "peakResidentBytes" in mine:
            least = min(row["peakResidentBytes"] for row in alike)
            line += f"; peak memory {mine['peakResidentBytes'] / least:.2f} of torch's least"
        print(line)


def main():
    arguments = options()
    if arguments.alone:
        print(json.dumps(measure(arguments)))
        return
    rows = []
    for batch in arguments.batch:
        for threads in arguments.threads:
            for precision in arguments.precision:
                for layout in arguments.layout:
                    row = in_own_process(arguments, batch, threads, precision, layout)
                    rows.append(row)
                    print(
                        f"torch {row['torch']} {arguments.architecture} {arguments.mode} {precision} {layout} "
                        f"batch {batch} threads {threads}: {row['imagesPerSecond']:.2f} images/s, "
                        f"{row['millis']:.1f} ms, peak {row['peakResidentBytes'] / 2**20:.0f} MiB", flush=True)
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump(rows, file, indent=2)
    if arguments.beside:
        with open(arguments.beside) as file:
            compare(rows, json.load(file))


main()
