"""Golden files of what the first ones leave out: wider, grouped, response-normalised networks and auxiliary heads.

    python3 extra_golden.py OUT_DIR [--seed N] [--only NAME ...]

In the form of the other architecture files, by the same formula (see golden_norms.py beside this script), with dropouts
off. Made with torch 1.13.0 and torchvision 0.14.1. "architecture" is the name in the registry, and "auxiliary_heads" says
that the training loss is that of the last head plus 0.3 times those of both inner heads.
"""
import argparse
import json
import os

import torch
import torchvision
from golden_norms import filled, uniform


def response_normalised(**keywords):
    """torchvision's alexnet with the paper's norms after its first two ReLUs; names as before, for norms have no state."""
    model = torchvision.models.alexnet(**keywords)
    for at in (1, 4):
        # alpha: the paper's 1e-4 times the size, by which torch divides
        model.features[at] = torch.nn.Sequential(
            model.features[at], torch.nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2.0))
    return model


AUXILIARY = {"aux_logits": True, "init_weights": False, "transform_input": False}
CASES = {  # name of the file: (name in the registry, constructor, keywords, image size)
    "wide_resnet50_2": ("wide_resnet50_2", torchvision.models.wide_resnet50_2, {}, 64),
    "resnext50_32x4d": ("resnext50_32x4d", torchvision.models.resnext50_32x4d, {}, 64),
    "alexnet_lrn": ("alexnet_lrn", response_normalised, {}, 96),
    "googlenet_auxiliary": ("googlenet", torchvision.models.googlenet, AUXILIARY, 96),
}


def network(build, keywords, classes, seed):
    model = build(num_classes=classes, **keywords)
    model.load_state_dict({k: filled(k, tuple(t.shape), seed) for k, t in model.state_dict().items()})
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    return model


def loss(model, images, labels, smoothing):
    def entropy(logits):
        return torch.nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)

    out = model(images)
    if isinstance(out, torch.Tensor):
        return entropy(out)
    return entropy(out.logits) + 0.3 * (entropy(out.aux_logits1) + entropy(out.aux_logits2))


def digest(tensor):
    flat = tensor.detach().double().flatten()
    at = [int(i * (flat.numel() - 1) / 7) for i in range(8)] if flat.numel() >= 8 else list(range(flat.numel()))
    return {"shape": list(tensor.shape), "l2": float(flat.norm()), "sum": float(flat.sum()),
            "at": at, "values": [float(flat[i]) for i in at]}


def golden(case, seed, classes=10, count=4):
    name, build, keywords, size = CASES[case]
    pixels = uniform(f"images{count}x3x{size}", count * 3 * size * size, seed) * 1.7320508
    images = torch.from_numpy(pixels.reshape(count, 3, size, size))
    labels = torch.tensor([(7 * i + 3) % classes for i in range(count)])
    model = network(build, keywords, classes, seed)
    root = {"architecture": name, "auxiliary_heads": bool(keywords), "seed": seed, "classes": classes, "batch": count,
            "image_size": size, "parameters": sum(p.numel() for p in model.parameters()),
            "state_dict": {k: list(t.shape) for k, t in model.state_dict().items()}}
    with torch.no_grad():
        root["eval_logits"] = model.eval()(images).double().tolist()
    mean = loss(model.train(), images, labels, 0.0)
    mean.backward()
    root["train_loss"] = float(mean)
    smoothed = network(build, keywords, classes, seed).train()
    root["train_loss_label_smoothing_0.1"] = float(loss(smoothed, images, labels, 0.1))
    root["gradients"] = {k: digest(p.grad) for k, p in model.named_parameters()}
    root["running_after_one_batch"] = {k: digest(b) for k, b in model.named_buffers() if "running" in k}
    return root


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", nargs="*", default=list(CASES))
    arguments = arguments.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    for case in arguments.only:
        with open(os.path.join(arguments.out, case + ".json"), "w") as file:
            json.dump(golden(case, arguments.seed), file, indent=1)
        print(case)


if __name__ == "__main__":
    main()
