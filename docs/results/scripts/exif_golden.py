#!/usr/bin/env python3
"""Writes worker-common/src/test/resources/golden-image/exif.json: PNG and WebP files of every Exif orientation, and what
Pillow's ImageOps.exif_transpose makes of them. Usage: /usr/bin/python3 docs/results/scripts/exif_golden.py > exif.json (Pillow 9.4.0)"""
import base64, io, json, random
import PIL
from PIL import Image, ImageOps

draw = random.Random(7)
files = {}
for kind in ("png", "webp"):
    for order in ("II", "MM"):
        for tag in range(1, 9):
            stored = Image.frombytes("RGB", (5, 3), bytes(draw.randrange(256) for _ in range(45)))
            little = order == "II"
            number = lambda value, size: value.to_bytes(size, "little" if little else "big")
            exif = (order.encode() + number(42, 2) + number(8, 4) + number(1, 2)
                    + number(0x0112, 2) + number(3, 2) + number(1, 4) + number(tag, 2) + number(0, 2) + number(0, 4))
            # Pillow writes the prefix of JPEG files into WebP when it is given it: both are met.
            block = b"Exif\0\0" + exif if kind == "webp" and little else exif
            out = io.BytesIO()
            stored.save(out, kind, exif=block, **({"lossless": True, "exact": True} if kind == "webp" else {}))
            seen = ImageOps.exif_transpose(Image.open(io.BytesIO(out.getvalue()))).convert("RGB")
            files[f"{kind}-{order}-{tag}"] = {
                "file": base64.b64encode(out.getvalue()).decode(),
                "width": seen.width,
                "height": seen.height,
                "pixels": base64.b64encode(seen.tobytes()).decode()}
print(json.dumps({"pillow": PIL.__version__, "files": files}, indent=0))
