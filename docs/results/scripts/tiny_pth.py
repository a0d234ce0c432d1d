"""The small files of torch.save that the tests read: python3 tiny_pth.py OUT_DIR (torch 1.13.0)."""
import torch, collections, os, sys
torch.manual_seed(3)
out = sys.argv[1]
base = torch.arange(24, dtype=torch.float32) / 8
sd = collections.OrderedDict()
sd["plain"] = base[:6].reshape(2, 3)
sd["shared"] = base[4:8]
sd["strided"] = base.reshape(4, 6).t()[1:3]
sd["expanded"] = torch.tensor([[1.5], [2.5]]).expand(2, 3)
sd["half"] = (torch.arange(4).float() / 4 - 0.5).half()
sd["bfloat"] = torch.tensor([1.0, -2.5, 3e30]).bfloat16()
sd["double"] = torch.tensor([1/3, 1e-3], dtype=torch.float64)
sd["long"] = torch.tensor([7, -8])
sd["scalar"] = torch.tensor(4.25)
sd["empty"] = torch.zeros(0, 3)
sd["parameter"] = torch.nn.Parameter(torch.tensor([9.0, 10.0]))
doc = {"state_dict": sd, "epoch": 3, "best": 0.5, "name": "tiny", "size": sd["plain"].shape, "list": [torch.tensor([1.0]), None, True]}
torch.save(doc, os.path.join(out, "tiny-zip.pth"))
torch.save(doc, os.path.join(out, "tiny-legacy.pth"), _use_new_zipfile_serialization=False)
