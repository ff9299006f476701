#!/bin/bash
# Alternates preference optimisation by TRL with ours on the same model and machine, and prints the ratios.
# usage: docs/bench-peers.sh WORK MODEL [ROUNDS]
#   WORK    a folder outside the repository: holds the peers' virtual environment (made where it is missing) and a
#           Hugging Face folder of the model
#   MODEL   what `convert` takes, such as ../shared/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf
#   ROUNDS  how often the programs alternate (3)
set -euo pipefail
cd "$(dirname "$0")/.."
WORK=${1:?usage: docs/bench-peers.sh WORK MODEL [ROUNDS]}
MODEL=${2:?usage: docs/bench-peers.sh WORK MODEL [ROUNDS]}
ROUNDS=${3:-3}
JAR=target/quarkus-app/quarkus-run.jar
[ -f $JAR ] || { echo "$JAR is missing: mvn -B package -DskipTests" >&2; exit 1; }
mkdir -p "$WORK"
PYTHON=$WORK/venv/bin/python
if [ ! -x "$PYTHON" ]; then
  python3 -m venv "$WORK/venv"
  "$WORK/venv/bin/pip" install -q torch==2.7.1 transformers==5.23.0 trl==1.16.0 peft==0.21.2 datasets
fi
[ -d "$WORK/model" ] || java -jar $JAR convert "$MODEL" --out "$WORK/model"
RESULTS=$WORK/results.jsonl
: > "$RESULTS"
for round in $(seq "$ROUNDS"); do
  for mode in plain cached; do
    "$PYTHON" docs/peers/dpo.py "$WORK/model" $mode 2 | tail -1 | tee -a "$RESULTS"
    java -Xmx1g -jar $JAR bench dpo --model "$WORK/model" --rounds 1 --steps 2 --sharing-only | tail -1 | tee -a "$RESULTS"
  done
  "$PYTHON" docs/peers/dpo.py "$WORK/model" lora 2 | tail -1 | tee -a "$RESULTS"
  java -Xmx1g -jar $JAR bench dpo --lora --model "$WORK/model" --rounds 1 --steps 2 --sharing-only | tail -1 | tee -a "$RESULTS"
done
"$PYTHON" - "$RESULTS" <<'END'
import json, statistics, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
def median(figure, chosen):
    return statistics.median(line[figure] for line in lines if chosen(line))
def ours(lora):
    return lambda line: line.get("bench") == "dpo" and line["lora"] == lora
out = {"bench": "peers"}
for mode in ("plain", "cached", "lora"):
    peer = lambda line: line.get("mode") == mode
    out[mode + "_speedup"] = round(median("pairs_per_second", ours(mode == "lora")) / median("pairs_per_second", peer), 2)
    out[mode + "_memory_share"] = round(median("peak_rss_gb", ours(mode == "lora")) / median("peak_rss_gb", peer), 2)
print(json.dumps(out))
END
