"""Writes worker-common/src/test/resources/golden/losses.json: losses and their slopes by torch's autograd, in float64.

    /usr/bin/python3 docs/results/scripts/loss_golden.py worker-common/src/test/resources/golden/losses.json

Sums over the samples. Where torch has the loss, it is torch's own (cross_entropy, binary_cross_entropy_with_logits);
focal loss is written out from the paper, and torch finds its slopes.
"""
import json, sys
import torch
import torch.nn.functional as F

torch.manual_seed(7)
CLASSES, COUNT = 5, 4
logits = (3 * torch.randn(COUNT, CLASSES)).float()
logits[3] = torch.tensor([40.0, -30.0, 0.0, 5.0, -60.0])
labels, others = torch.tensor([1, 0, 4, 0]), torch.tensor([2, 0, 3, 1])
shares = torch.tensor([0.25, 1.0, 0.75, 0.5]).double()
weights = torch.tensor([0.5, 2.0, 1.0, 0.25, 1.5]).double()


def mixture():
    one = lambda y: F.one_hot(y, CLASSES).double()
    return shares[:, None] * one(labels) + (1 - shares[:, None]) * one(others)


def target(smoothing):
    return (1 - smoothing) * mixture() + smoothing / CLASSES


def cross_entropy(z, s, w, _):
    each = lambda y: F.cross_entropy(z, y, weight=w, label_smoothing=s, reduction="none")
    return (shares * each(labels) + (1 - shares) * each(others)).sum()


def focal(z, s, w, gamma):
    log = F.log_softmax(z, 1)
    return -(w * target(s) * (-torch.expm1(log)) ** gamma * log).sum()


def binary(z, s, w, _):
    each = F.binary_cross_entropy_with_logits(z, target(s), reduction="none").sum(1)
    return ((w * target(s)).sum(1) * each).sum()


cases = []
for name, loss, gammas in (("cross-entropy", cross_entropy, [0]), ("focal", focal, [0, 0.5, 2]), ("binary", binary, [0])):
    for gamma in gammas:
        for smoothing in (0.0, 0.125):
            for weighted in (False, True):
                z = logits.double().requires_grad_()
                value = loss(z, smoothing, weights if weighted else torch.ones(CLASSES).double(), gamma)
                value.backward()
                cases.append(dict(loss=name, gamma=gamma, smoothing=smoothing, weighted=weighted,
                                  value=value.item(), slopes=z.grad.flatten().tolist()))
json.dump(dict(torch=torch.__version__, classes=CLASSES, logits=logits.flatten().tolist(), labels=labels.tolist(),
               others=others.tolist(), shares=shares.tolist(), weights=weights.tolist(), cases=cases),
          open(sys.argv[1], "w"), indent=1)
