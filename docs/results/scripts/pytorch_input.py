#!/usr/bin/env python3
"""The standard recipe by torchvision and Pillow on the pictures of `squadron bench input`, one thread.

    /usr/bin/python3 docs/results/scripts/pytorch_input.py FOLDER [--rounds N] [--beside OURS.json]

Random resized crop to 224, flip, brightness, contrast and saturation 0.4, to tensor, normalise. Milliseconds of CPU time for each
picture, the fastest of some rounds over all, as the bench measures its own; with --beside, the ratio to those.
"""
import argparse, glob, io, json, os, time
import torch, torchvision
from PIL import Image, features
from torchvision import transforms as T

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--rounds", type=int, default=6)
parser.add_argument("--beside")
arguments = parser.parse_args()
torch.set_num_threads(1)
crop, jitter = T.RandomResizedCrop(224), T.ColorJitter(0.4, 0.4, 0.4)
flip = T.RandomHorizontalFlip()
tensor = T.Compose([T.ToTensor(), T.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
evaluation = T.Compose([T.Resize(256), T.CenterCrop(224)])


def decode(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def fastest(stage, inputs):
    best = float("inf")
    for _ in range(arguments.rounds):
        began = time.process_time()
        for each in inputs:
            stage(each)
        best = min(best, (time.process_time() - began) / len(inputs))
    return best * 1000


print("Pillow", Image.__version__, "libjpeg-turbo", features.version("libjpeg_turbo"), "torch", torch.__version__,
      "torchvision", torchvision.__version__, "load %.1f" % os.getloadavg()[0])
for size in ("500x375", "2000x1500"):
    files = [open(name, "rb").read() for name in sorted(glob.glob(os.path.join(arguments.folder, size, "*.jpg")))]
    decoded = [decode(data) for data in files[:8]]
    cropped = [crop(image) for image in decoded]
    stages = {
        "decode": fastest(decode, files),
        "resample a random crop": fastest(crop, decoded),
        "augment": fastest(lambda image: jitter(flip(image)), cropped),
        "lay out, normalised": fastest(tensor, cropped),
        "evaluation, after decoding": fastest(evaluation, decoded),
        "all": fastest(lambda data: tensor(jitter(flip(crop(decode(data))))), files),
    }
    for name, millis in stages.items():
        print(f"{size:10} {name:28} {millis:8.3f} ms")
    if arguments.beside:
        ours = json.load(open(arguments.beside))["stages"][size]["decode + augment + lay out"]
        print(f"{size:10} ours: {ours:.3f} ms, {stages['all'] / ours:.2f} times as fast")
