#!/usr/bin/env python3
"""Writes what Pillow and torchvision make of small pictures: the files in worker-common/src/test/resources/golden-image.

    /usr/bin/python3 docs/results/scripts/resize_golden.py worker-common/src/test/resources/golden-image MAKE_GOLDEN.py

MAKE_GOLDEN.py has `filled(model, seed)`, which fills a network by the formula of the other golden files. Needs Pillow, torch and
torchvision as Debian packages them, and cjpeg (libjpeg-turbo-progs) for samplings and restarts that Pillow does not write.
"""
import base64, importlib.util, io, json, os, subprocess, sys, tempfile, zlib
import numpy as np
import torch, torchvision
from PIL import Image, features
from torchvision import transforms as T

rng = np.random.RandomState(5)


def scene(h, w, channels=3):
    y, x = np.mgrid[0:h, 0:w].astype(float)
    a = np.zeros((h, w, channels))
    for c in range(channels):
        a[..., c] = 127 + 60 * np.sin(x / (3 + c * 2) + c) * np.cos(y / (5 + c)) + 50 * ((x // 9 + y // 7 + c) % 2)
    return np.clip(a + rng.normal(0, 8, (h, w, 1)), 0, 255).astype(np.uint8)


def text(data):
    return base64.b64encode(data).decode()


def jpegs():
    files = {}

    def put(name, data):
        seen = Image.open(io.BytesIO(data)).convert("RGB")
        files[name] = {"file": text(data), "height": seen.height, "width": seen.width, "crc": zlib.crc32(seen.tobytes())}

    def pillow(name, image, **options):
        out = io.BytesIO()
        image.save(out, "JPEG", **options)
        put(name, out.getvalue())

    for h, w in [(45, 61), (1, 1), (17, 3)]:
        for sub, ratio in enumerate(["444", "422", "420"]):
            for progressive in (False, True):
                pillow(f"{h}x{w} {ratio} {'progressive' if progressive else 'baseline'}", Image.fromarray(scene(h, w)),
                       quality=85, subsampling=sub, progressive=progressive)
        pillow(f"{h}x{w} grey", Image.fromarray(scene(h, w, 1)[..., 0]), quality=75)
        pillow(f"{h}x{w} inks", Image.fromarray(scene(h, w, 4), "CMYK"), quality=80)
    pillow("quality 5", Image.fromarray(scene(40, 50)), quality=5)
    pillow("quality 100, noise", Image.fromarray(rng.randint(0, 256, (40, 50, 3)).astype(np.uint8)), quality=100)
    with tempfile.TemporaryDirectory() as folder:
        ppm = os.path.join(folder, "scene.ppm")
        Image.fromarray(scene(43, 59)).save(ppm)
        scans = os.path.join(folder, "scans.txt")
        open(scans, "w").write("0 2;\n1;\n")
        for name, options in {"440": ["-sample", "1x2"], "411": ["-sample", "4x1"], "mixed": ["-sample", "2x2,2x1,1x2"],
                              "restart": ["-restart", "3B"], "progressive restart": ["-progressive", "-restart", "2B"],
                              "rgb": ["-rgb"], "two scans": ["-scans", scans]}.items():
            put("cjpeg " + name, subprocess.check_output(["cjpeg", "-quality", "88"] + options + [ppm]))
    return files


def webps():
    files = {}
    alpha = np.concatenate([scene(33, 41), np.full((33, 41, 1), 128, np.uint8)], 2)
    for name, image, options in [("lossless", Image.fromarray(scene(33, 41)), {"lossless": True}),
                                 ("lossy", Image.fromarray(scene(33, 41)), {"quality": 90}),
                                 ("alpha", Image.fromarray(alpha, "RGBA"), {"lossless": True})]:
        out = io.BytesIO()
        image.save(out, "WEBP", **options)
        seen = Image.open(io.BytesIO(out.getvalue()))
        if seen.mode == "RGBA":
            seen = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
        files[name] = {"file": text(out.getvalue()), "height": 33, "width": 41, "pixels": text(seen.convert("RGB").tobytes())}
    return files


def resized(file):
    image = Image.open(io.BytesIO(file)).convert("RGB")
    out = []
    for name, filter in [("bilinear", Image.BILINEAR), ("bicubic", Image.BICUBIC)]:
        for w, h in [(20, 15), (37, 40), (61, 30), (97, 70)]:
            out.append({"interpolation": name, "height": h, "width": w, "pixels": text(image.resize((w, h), filter).tobytes())})
    return out


def logits(make_golden):
    spec = importlib.util.spec_from_file_location("make_golden", make_golden)
    golden = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(golden)
    model = golden.filled(torchvision.models.resnet18(num_classes=10), 1).eval()
    mean, deviation = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    out = {"seed": 1, "classes": 10, "mean": mean, "deviation": deviation, "resize": 73, "crop": 64, "cases": []}
    for h, w in [(150, 200), (211, 97)]:
        data = io.BytesIO()
        Image.fromarray(scene(h, w)).save(data, "JPEG", quality=70)
        for name in ("bilinear", "bicubic"):
            transform = T.Compose([T.Resize(73, T.InterpolationMode(name)), T.CenterCrop(64), T.ToTensor(), T.Normalize(mean, deviation)])
            with torch.no_grad():
                y = model(transform(Image.open(data).convert("RGB"))[None])
            out["cases"].append({"file": text(data.getvalue()), "interpolation": name, "logits": y[0].double().tolist()})
    return out


def main():
    out, make_golden = sys.argv[1:]
    files = jpegs()
    versions = {"Pillow": Image.__version__, "libjpeg-turbo": features.version("libjpeg_turbo"), "torchvision": torchvision.__version__}
    source = "45x61 420 baseline"
    for name, content in [("jpeg.json", {"versions": versions, "files": files}),
                          ("webp.json", {"versions": versions, "files": webps()}),
                          ("resize.json", {"versions": versions, "file": files[source]["file"],
                                           "cases": resized(base64.b64decode(files[source]["file"]))}),
                          ("logits.json", {"versions": versions, **logits(make_golden)})]:
        with open(os.path.join(out, name), "w") as f:
            json.dump(content, f, indent=1)
            f.write("\n")


main()
