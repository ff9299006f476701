#!/bin/sh
# Makes the figures of docs/learning-results.md again: about 40 minutes on a quiet machine with two cores.
# usage: docs/learning-results.sh MODEL.gguf hh-harmless-base-test.jsonl.gz OUT
set -e
model=$1 data=$2 out=$3
ratchet() { java -Xmx4g -jar target/quarkus-app/quarkus-run.jar "$@"; }
split="--data $data --drop-refused --held-out 303"
run="--model $model --threads 1 --batch-size 2 --accumulation 4 --seed 1 --resume"

mkdir -p "$out"
ratchet train reward $run $split --learning-rate 3e-5 --out "$out/reward"
ratchet train bag-of-words $split --out "$out/bag-of-words" --against "$out/reward"
ratchet train dpo $run $split --limit 480 --limit-held-out 150 --learning-rate 5e-6 --evaluate-every 10 --out "$out/dpo"
for metric in accuracy margin; do
    level=0; [ $metric = accuracy ] && level=0.5
    ratchet curve "$out/dpo" --metric heldout_$metric --reference $level --out "$out/dpo-$metric.svg" \
        --title "DPO on hh-rlhf harmless: held-out $metric, 150 pairs, 95% interval"
done
