"""How far torch is from its own golden file when only the rounding differs.

    python3 golden_norms.py worker-common/src/test/resources/golden resnet18 resnet34 ...

For each architecture: the gradients of one training step, computed in other ways than the golden file's, and the worst
relative difference of a tensor's norm from the file's. Weights and images are filled by the formula of the golden files.
"""
import json
import os
import sys
import zlib

import numpy as np
import torch
import torchvision


def uniform(name, count, seed):
    """float32 in [-1, 1): splitmix64 of (crc32 of the name, seed, place)."""
    z = (np.arange(count, dtype=np.uint64) + np.uint64((zlib.crc32(name.encode()) << 32) + (seed << 24))
         + np.uint64(0x9E3779B97F4A7C15))
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return ((z >> np.uint64(40)).astype(np.float64) / 2.0**23 - 1.0).astype(np.float32)


def filled(name, shape, seed):
    if name.endswith("num_batches_tracked"):
        return torch.zeros(shape, dtype=torch.int64)
    u = uniform(name, int(np.prod(shape)), seed).astype(np.float64)
    if len(shape) >= 2:
        u = u * np.sqrt(6.0 / np.prod(shape[1:]))  # He-uniform, fan in
    elif name.endswith(".weight") or name.endswith("running_var"):
        u = (1 + 0.25 * u) * (0.25 if name.endswith(".bn3.weight") else 1)
    else:
        u = 0.1 * u
    return torch.from_numpy(u.astype(np.float32).reshape(shape))


def norms(name, golden, dtype=torch.float32, onednn=True, layout=torch.contiguous_format):
    torch.backends.mkldnn.enabled = onednn
    seed, count, size, classes = golden["seed"], golden["batch"], golden["image_size"], golden["classes"]
    model = getattr(torchvision.models, name)(num_classes=classes)
    model.load_state_dict({k: filled(k, tuple(t.shape), seed) for k, t in model.state_dict().items()})
    model = model.to(dtype).to(memory_format=layout).train()
    pixels = uniform(f"images{count}x3x{size}", count * 3 * size * size, seed) * np.float32(1.7320508)
    images = torch.from_numpy(pixels.reshape(count, 3, size, size)).to(dtype).contiguous(memory_format=layout)
    labels = torch.tensor([(7 * i + 3) % classes for i in range(count)])
    torch.nn.functional.cross_entropy(model(images), labels).backward()
    return {k: float(p.grad.double().norm()) for k, p in model.named_parameters()}


WAYS = {
    "as the golden file": {},
    "without oneDNN": {"onednn": False},
    "channels_last": {"layout": torch.channels_last},
    "float64": {"dtype": torch.float64},
}


def main():
    torch.set_num_threads(1)
    directory, *names = sys.argv[1:]
    for name in names:
        with open(os.path.join(directory, name + ".json")) as file:
            golden = json.load(file)
        for way, options in WAYS.items():
            found = norms(name, golden, **options)
            off = [abs(found[k] / golden["gradients"][k]["l2"] - 1) for k in found]
            print(f"{name:10} {way:20} worst {max(off):.1e}, over 1e-3: {sum(x > 1e-3 for x in off)} of {len(off)}", flush=True)


if __name__ == "__main__":
    main()
