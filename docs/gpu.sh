#!/bin/bash
# Runs the learning core's tests on an NVIDIA GPU, then measures training on it.
# usage: docs/gpu.sh LIBRARIES     LIBRARIES: the lib folder of a PyTorch 2.7.1 for CUDA 12.8, such as the one that
#   python3 -m venv DIR && DIR/bin/pip install torch==2.7.1 --index-url https://download.pytorch.org/whl/cu128
# leaves at DIR/lib/python3*/site-packages/torch/lib
set -euo pipefail
cd "$(dirname "$0")/.."
LIBRARIES=${1:?usage: docs/gpu.sh LIBRARIES}
[ -e "$LIBRARIES/libtorch_cuda.so" ] || { echo "$LIBRARIES holds no libtorch_cuda.so: it is no CUDA build of PyTorch." >&2; exit 1; }
export PYTORCH_LIBRARY_PATH=$LIBRARIES PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cu128
mvn -B -q package -DskipTests
mvn -B -q test -Dtags=gpu -DexcludedTags= -Dtest='GpuTest' -Dsurefire.failIfNoSpecifiedTests=false
java -Dratchet.device=gpu -Dratchet.products=default -jar target/quarkus-app/quarkus-run.jar bench train --compute both
java -Dratchet.device=gpu -Dratchet.products=default -jar target/quarkus-app/quarkus-run.jar bench dpo --compute bfloat16
