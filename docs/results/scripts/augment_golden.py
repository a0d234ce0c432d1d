"""Golden results of augmentations: what Pillow and torchvision make of one small picture, parameters given.

    python3 augment_golden.py OUT_FILE

Made with torchvision 0.14.1, torch 1.13.0 and Pillow 9.4.0. The picture is a smooth field of colours with a sharp bar and
a little noise: every operation has something to do, and sampling positions matter. All pixels are bytes in base64, row by
row, red, green, blue. Each result says whose it is: "pillow" (the operation on a PIL image) or "tensor" (on a uint8
tensor; hue, whose 8-bit form in Pillow loses levels, and blur, which only exists there).
"""
import base64
import json
import math
import sys

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image
from torchvision.transforms import functional as F
from torchvision.transforms import InterpolationMode

HEIGHT, WIDTH = 21, 26
BILINEAR = InterpolationMode.BILINEAR


def picture():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    red = 40 + 170 * x / (WIDTH - 1)
    green = 128 + 90 * np.sin(x / 4.0) * np.cos(y / 5.0)
    blue = 220 - 160 * y / (HEIGHT - 1)
    pixels = np.stack([red, green, blue], axis=-1)
    pixels[4:9, 10:20] = (225, 30, 60)
    pixels += np.random.RandomState(7).uniform(-8, 8, pixels.shape)
    return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)


def encoded(pixels):
    return base64.b64encode(np.ascontiguousarray(pixels, dtype=np.uint8).tobytes()).decode()


def cases(image):
    tensor = torch.from_numpy(np.asarray(image).copy()).permute(2, 0, 1)

    def of_tensor(result):
        return result.permute(1, 2, 0).numpy()

    def affine(shear, center=None):
        return F.affine(image, 0.0, [0, 0], 1.0, shear, interpolation=BILINEAR, center=center)

    corners = [[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]
    quad = [[2, 1], [24, -2], [27, 19], [-1, 22]]
    yield "brightness 1.4", "pillow", F.adjust_brightness(image, 1.4)
    yield "contrast 0.6", "pillow", F.adjust_contrast(image, 0.6)
    yield "contrast 1.7", "pillow", F.adjust_contrast(image, 1.7)
    yield "saturation 0.3", "pillow", F.adjust_saturation(image, 0.3)
    yield "saturation 1.6", "pillow", F.adjust_saturation(image, 1.6)
    for shift in (-0.4, -0.1, 0.25, 0.5):
        yield f"hue {shift}", "tensor", of_tensor(F.adjust_hue(tensor, shift))
    yield "grayscale", "pillow", F.to_grayscale(image, 3)
    yield "sharpness 0.0", "pillow", F.adjust_sharpness(image, 0.0)
    yield "sharpness 1.9", "pillow", F.adjust_sharpness(image, 1.9)
    for sigma in (0.7, 2.0):
        size = 2 * math.ceil(3 * sigma) + 1
        yield f"blur {sigma}", "tensor", of_tensor(F.gaussian_blur(tensor, [size, size], [sigma, sigma]))
    yield "posterize 3", "pillow", F.posterize(image, 3)
    yield "solarize 110", "pillow", F.solarize(image, 110)
    yield "autocontrast", "pillow", F.autocontrast(image)
    yield "equalize", "pillow", F.equalize(image)
    yield "rotate 25", "pillow", F.rotate(image, 25, interpolation=BILINEAR)
    yield "shear 12 -7", "pillow", affine([12.0, -7.0])
    yield "shear_x 0.2", "pillow", affine([math.degrees(math.atan(0.2)), 0.0], [0, 0])
    yield "shear_y -0.3", "pillow", affine([0.0, math.degrees(math.atan(-0.3))], [0, 0])
    yield "translate_x 5", "pillow", F.affine(image, 0.0, [5, 0], 1.0, [0.0, 0.0], interpolation=BILINEAR)
    yield "perspective", "pillow", F.perspective(image, quad, corners, interpolation=BILINEAR)


def main():
    pixels = picture()
    image = Image.fromarray(pixels)
    golden = {
        "versions": {"Pillow": PIL.__version__, "torch": torch.__version__, "torchvision": torchvision.__version__},
        "height": HEIGHT,
        "width": WIDTH,
        "input": encoded(pixels),
        "results": [{"name": name, "of": whose, "pixels": encoded(np.asarray(result))}
                    for name, whose, result in cases(image)],
    }
    with open(sys.argv[1], "w") as out:
        json.dump(golden, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main()
