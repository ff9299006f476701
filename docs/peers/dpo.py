"""Direct preference optimisation of a model by TRL on the CPU: seconds a step and peak memory, as one line of JSON.

usage: dpo.py MODEL_FOLDER plain|cached|lora [STEPS]     (batch 4, prompts of 192 tokens, replies of 64, float32)
"""
import json
import random
import resource
import statistics
import sys
import time

import torch
from datasets import Dataset
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback
from trl import DPOConfig, DPOTrainer

BATCH, PROMPT, REPLY = 4, 192, 64
folder, mode = sys.argv[1:3]
steps = int(sys.argv[3]) if len(sys.argv) > 3 else 3
torch.set_num_threads(len(__import__("os").sched_getaffinity(0)))
tokenizer = AutoTokenizer.from_pretrained(folder)
# Words that are one token each, so that lengths are what they should be.
words = [t[1:] for t in tokenizer.get_vocab() if t[0] == "\u0120" and t[1:].isascii() and t[1:].isalpha() and t[1:].islower()]
words.sort()
draw = random.Random(1)


def text(count):
    return "".join(" " + draw.choice(words) for _ in range(count))


rows = [{"prompt": text(PROMPT), "chosen": text(REPLY - 1), "rejected": text(REPLY - 1)} for _ in range(BATCH * (steps + 1))]


class Clock(TrainerCallback):
    def __init__(self):
        self.seconds = []

    def on_step_begin(self, *_, **__):
        self.begin = time.perf_counter()

    def on_step_end(self, *_, **__):
        self.seconds.append(time.perf_counter() - self.begin)


adapter = None
if mode == "lora":
    from peft import LoraConfig

    adapter = LoraConfig(r=16, lora_alpha=32, target_modules="all-linear", lora_dropout=0.0)
clock = Clock()
settings = DPOConfig(output_dir="/tmp/trl-dpo", per_device_train_batch_size=BATCH, max_steps=steps + 1, learning_rate=1e-6,
                     max_length=None, use_cpu=True, bf16=False, gradient_checkpointing=False, report_to="none",
                     save_strategy="no", disable_tqdm=True, precompute_ref_log_probs=mode == "cached")
DPOTrainer(model=AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32), args=settings, peft_config=adapter,
           processing_class=tokenizer, train_dataset=Dataset.from_list(rows), callbacks=[clock]).train()
seconds = statistics.median(clock.seconds[1:])
print(json.dumps({"peer": "trl", "mode": mode, "pairs_per_second": round(BATCH / seconds, 4),
                  "peak_rss_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9, 2)}))
