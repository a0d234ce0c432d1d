"""Writes tiny images as WebDataset tars: python3 tiny_tars.py DIRECTORY IMAGES [PER_TAR]

8 x 8 PNGs of random grey values, ten classes, each image beside its label. The same arguments give the same bytes.
"""
import os
import random
import struct
import sys
import zlib

directory, images = sys.argv[1], int(sys.argv[2])
per_tar = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


SIGNATURE = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 8, 8, 8, 0, 0, 0, 0))
END = chunk(b'IEND', b'')


def png(pixels):
    rows = b''.join(b'\0' + pixels[i:i + 8] for i in range(0, 64, 8))
    return SIGNATURE + chunk(b'IDAT', zlib.compress(rows, 1)) + END


def entry(name, data):
    header = bytearray(512)
    header[0:len(name)] = name
    header[100:108] = b'0000644\0'
    header[108:116] = header[116:124] = b'0000000\0'
    header[124:136] = b'%011o\0' % len(data)
    header[136:148] = b'00000000000\0'
    header[148:156] = b' ' * 8
    header[156:157] = b'0'
    header[257:265] = b'ustar\00000'
    header[148:156] = b'%06o\0 ' % sum(header)
    return bytes(header) + data + b'\0' * (-len(data) % 512)


os.makedirs(directory)
generator = random.Random(1)
for first in range(0, images, per_tar):
    with open(os.path.join(directory, 'part-%05d.tar' % (first // per_tar)), 'wb') as tar:
        for number in range(first, min(images, first + per_tar)):
            name = b'%08d' % number
            tar.write(entry(name + b'.png', png(generator.randbytes(64))))
            tar.write(entry(name + b'.cls', b'%d' % (number % 10)))
        tar.write(b'\0' * 1024)
