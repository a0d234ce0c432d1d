"""The proof that weights come in whole: torchvision networks of random weights, as files, with the logits they give.

    /usr/bin/env python3 import_proof.py OUT_DIR ARCHITECTURE

Writes OUT_DIR/ARCHITECTURE.pth (torch.save, zip), .legacy.pth (the older form), .safetensors (written here, by the format's
description), and .input.bin and .logits.bin: float32, little endian, 2 images of 3 x SIDE x SIDE. Half of the networks are
saved below {"state_dict": ...} with the prefix "module.". Made with torch 1.13.0 and torchvision 0.14.1.
"""
import json
import os
import struct
import sys

import torch
import torchvision

CLASSES = 10


def randomised(model):
    """Every tensor at random, running statistics included, so that a tensor in the wrong place shows."""
    for name, tensor in model.state_dict().items():
        if name.endswith("num_batches_tracked"):
            continue
        if tensor.dim() >= 2:
            tensor.normal_(0, (2 / (tensor.numel() / tensor.shape[0])) ** 0.5)
        elif name.endswith("running_var") or name.endswith("weight"):
            tensor.uniform_(0.5, 1.0)
        else:
            tensor.uniform_(-0.1, 0.1)
    return model.eval()


def safetensors(path, state):
    header, at, parts = {}, 0, []
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        data = tensor.contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(data)]}
        at += len(data)
        parts.append(data)
    text = json.dumps(header).encode()
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for part in parts:
            out.write(part)


def main():
    folder, name = sys.argv[1:]
    torch.manual_seed(sum(map(ord, name)))
    torch.set_num_threads(1)
    keywords = {"aux_logits": False, "init_weights": False, "transform_input": False} if name == "googlenet" else {}
    side = 64 if name.startswith(("res", "wide")) else 96
    model = randomised(getattr(torchvision.models, name)(num_classes=CLASSES, **keywords))
    images = torch.randn(2, 3, side, side)
    with torch.no_grad():
        logits = model(images)
    path = os.path.join(folder, name)
    state = model.state_dict()
    safetensors(path + ".safetensors", state)
    torch.save({"epoch": 1, "state_dict": {"module." + k: v for k, v in state.items()}}, path + ".pth")
    torch.save(state, path + ".legacy.pth", _use_new_zipfile_serialization=False)
    images.numpy().tofile(path + ".input.bin")
    logits.numpy().tofile(path + ".logits.bin")


if __name__ == "__main__":
    main()
