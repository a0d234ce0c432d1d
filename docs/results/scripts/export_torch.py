#!/usr/bin/env python3
"""Holds exported weights against torchvision: export_torch.py FOLDER

FOLDER has, for each architecture, NAME.pth, NAME.safetensors, NAME.input (float32, 2 x 3 x 64 x 64) and NAME.logits (float32).
"""
import json
import pathlib
import struct
import sys

import numpy
import torch
import torchvision


def safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    about = json.loads(header.pop("__metadata__")["squadron"])
    assert about["facts"]["classes"] == ["cat", "dog", "f\u00e9e"], about
    tensors = {}
    for name, entry in header.items():
        first, end = (8 + length + offset for offset in entry["data_offsets"])
        values = numpy.frombuffer(data[first:end], "<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


def model(name, classes=3):
    if name == "googlenet":
        return torchvision.models.googlenet(
            num_classes=classes, aux_logits=True, transform_input=False, init_weights=False
        )
    return getattr(torchvision.models, name)(num_classes=classes)


folder = pathlib.Path(sys.argv[1])
for pth in sorted(folder.glob("*.pth")):
    name = pth.stem
    inputs = torch.from_numpy(numpy.fromfile(folder / (name + ".input"), "<f4").reshape(2, 3, 64, 64))
    expected = torch.from_numpy(numpy.fromfile(folder / (name + ".logits"), "<f4").reshape(2, 3))
    for kind, tensors in (("pth", torch.load(pth)), ("safetensors", safetensors(pth.with_suffix(".safetensors")))):
        network = model("alexnet" if name == "alexnet_lrn" else name)
        network.load_state_dict(tensors, strict=True)
        network.eval()
        if name == "alexnet_lrn":
            print("%-18s %-12s loads strictly (torchvision has no norms there)" % (name, kind))
            continue
        with torch.no_grad():
            found = network(inputs)
        worst = ((found - expected).abs().max() / expected.abs().max()).item()
        print("%-18s %-12s loads strictly, logits differ by %.1e of the largest" % (name, kind, worst))
        assert worst < 1e-4, name
