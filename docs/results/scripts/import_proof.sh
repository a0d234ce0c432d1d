#!/bin/bash
# import_proof.sh OUT_DIR CLASSPATH [ARCHITECTURE ...]: the whole proof, one architecture at a time, because VGGs are large.
# CLASSPATH: classes and test classes of worker-common and what they need.
set -e
here=$(dirname "$0"); out=$1; path=$2; shift 2
all=${*:-resnet18 resnet34 resnet50 resnet101 resnet152 wide_resnet50_2 resnext50_32x4d googlenet alexnet vgg11 vgg13 vgg16 vgg19 vgg11_bn vgg13_bn vgg16_bn vgg19_bn}
mkdir -p "$out"
for name in $all; do
  "${PYTHON:-/usr/bin/python3}" "$here/import_proof.py" "$out" "$name"
  java -Xmx3g -Dorg.bytedeco.javacpp.maxphysicalbytes=12g -cp "$path" io.squadron.exchange.ImportProof "$out" "$name"
  rm -f "$out/$name".*
done
