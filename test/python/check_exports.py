"""Tries exported files on the tools they are for. See README.md beside this file."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

SCRATCH = tempfile.mkdtemp(prefix="lauter-exports-")
# Before the imports below: nothing may come from a network, and nothing may stay in the cache of the user.
os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_CACHE=SCRATCH, HF_HOME=SCRATCH, TQDM_DISABLE="1", TRANSFORMERS_VERBOSITY="error")

import datasets  # noqa: E402
import yaml  # noqa: E402
from datasets import Dataset, load_dataset  # noqa: E402

datasets.disable_progress_bars()

SETS = {"rag": "rag/playbooks", "sft": "sft/instruction_response", "preference": "preference/chosen_rejected"}
SPLITS = ("train", "validation", "test")
FAILED = []


def check(what, found, expected):
    """Prints one line; remembers when the two differ."""
    holds = found == expected
    print(f"{'ok  ' if holds else 'FAIL'} {what}: {found if holds else f'{found}, expected {expected}'}")
    if not holds:
        FAILED.append(what)


def attempt(what, work):
    """A check that raises has failed."""
    try:
        work()
    except Exception as error:  # noqa: BLE001
        check(what, f"{type(error).__name__}: {str(error)[:200]}", "no error")


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def without_none(value):
    if isinstance(value, dict):
        return {key: without_none(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_none(inner) for inner in value]
    return value


# ---- datasets


def same(left, right):
    """Equal, but for the last digits of a fraction: the JSON reader of datasets writes fractions anew, and shorter."""
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) < 1e-9
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


def as_written(row):
    """What typed files hold as JSON text, as values."""
    row = without_none(row)
    provenance = row["provenance"]
    for place in (provenance, provenance.get("chosen"), provenance.get("rejected")):
        if isinstance(place, dict) and isinstance(place.get("locator"), str):
            place["locator"] = json.loads(place["locator"])
    if isinstance(row.get("tools"), str):
        row["tools"] = json.loads(row["tools"])
    return row


def check_sets(folder):
    for name, stem in SETS.items():
        written = [without_none(row) for row in lines_of(folder / f"{stem}.jsonl")]
        if not written:
            continue
        for form, suffix in (("json", "jsonl"), ("parquet", "parquet"), ("arrow", "arrow")):
            path = folder / f"{stem}.{suffix}"
            if path.exists():
                attempt(
                    f"{name} by load_dataset({form!r})",
                    lambda form=form, path=path: check(
                        f"{name} by load_dataset({form!r}), rows equal to the lines",
                        sum(map(same, map(as_written, load_dataset(form, data_files=str(path), split="train")), written)),
                        len(written),
                    ),
                )
        arrow = folder / f"{stem}.arrow"
        if arrow.exists():
            attempt(
                f"{name} by Dataset.from_file",
                lambda arrow=arrow: check(f"{name} by Dataset.from_file, mapped into memory", Dataset.from_file(str(arrow)).num_rows, len(written)),
            )


def check_card(folder):
    header = yaml.safe_load((folder / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    check("the header of the card names a license and a size", sorted({"license", "size_categories"} & set(header)), ["license", "size_categories"])
    for config in header["configs"]:
        name = config["config_name"]
        expected = {}
        for part in config["data_files"]:
            expected[part["split"]] = len(lines_of(folder / part["path"]))
        attempt(
            f"load_dataset(folder, {name!r})",
            lambda name=name, expected=expected: check(
                f"load_dataset(folder, {name!r})", {split: rows.num_rows for split, rows in load_dataset(str(folder), name).items()}, expected
            ),
        )
        if "-" in name:
            attempt(f"{name}, rows as they stand in the files", lambda name=name, config=config: check_exact(folder, name, config))


def check_exact(folder, name, config):
    """No key came or went on the way through Arrow."""
    loaded = load_dataset(str(folder), name)
    equal = 0
    total = 0
    for part in config["data_files"]:
        for row, written in zip(loaded[part["split"]], lines_of(folder / part["path"]), strict=True):
            total += 1
            row = {key: value for key, value in row.items() if value is not None or key in written}
            equal += same(row, written)
    check(f"{name}, rows as they stand in the files", equal, total)


# ---- OpenAI


def openai_errors(rows):
    """
    The counts that OpenAI's cookbook prints for a chat fine-tuning file ("Data preparation and analysis for chat model fine-tuning"). It is older than
    tool calls: for turns that have to do with tools the keys and roles of the API reference are added.
    """
    errors = Counter()
    for row in rows:
        if not isinstance(row, dict):
            errors["data_type"] += 1
            continue
        messages = row.get("messages")
        if not messages:
            errors["missing_messages_list"] += 1
            continue
        if set(row) - {"messages", "tools", "parallel_tool_calls"}:
            errors["unrecognized_top_level_key"] += 1
        uses_tools = any("tool_calls" in message or message.get("role") == "tool" for message in messages)
        keys = {"role", "content", "name", "function_call", "weight"} | ({"tool_calls", "tool_call_id"} if uses_tools else set())
        roles = {"system", "user", "assistant", "function"} | ({"tool"} if uses_tools else set())
        for message in messages:
            calls = message.get("function_call") or message.get("tool_calls")
            content = message.get("content")
            if "role" not in message or "content" not in message:
                errors["message_missing_key"] += 1
            if set(message) - keys:
                errors["message_unrecognized_key"] += 1
            if message.get("role") not in roles:
                errors["unrecognized_role"] += 1
            if (not content and not calls and message.get("role") != "tool") or not (isinstance(content, str) or calls):
                errors["missing_content"] += 1
            for call in message.get("tool_calls", []):
                try:
                    assert call["type"] == "function" and call["id"] and isinstance(json.loads(call["function"]["arguments"]), dict)
                except (AssertionError, KeyError, TypeError, ValueError):
                    errors["tool_call"] += 1
        if not any(message.get("role") == "assistant" for message in messages):
            errors["example_missing_assistant_message"] += 1
        if messages[-1].get("role") != "assistant":
            errors["last_message_not_assistant"] += 1
    return dict(errors)


def check_openai(folder):
    for path in sorted((folder / "sft/openai").glob("*.jsonl")):
        rows = lines_of(path)
        check(f"{path.relative_to(folder)}, {len(rows)} lines, errors of OpenAI's checks", openai_errors(rows), {})
    for path in sorted((folder / "preference/openai").glob("*.jsonl")):
        rows = lines_of(path)
        joined = [{"messages": row["input"]["messages"] + row[side]} for row in rows for side in ("preferred_output", "non_preferred_output")]
        check(f"{path.relative_to(folder)}, {len(rows)} lines, errors of OpenAI's checks", openai_errors(joined), {})


# ---- TRL

TEMPLATE = """{%- if tools %}<|im_start|>system
{% for tool in tools %}{{ tool | tojson }}
{% endfor %}<|im_end|>
{% endif %}{%- for message in messages %}<|im_start|>{{ message.role }}
{% if message.role == 'assistant' %}{% generation %}{{ message.content or '' }}{% for call in message.tool_calls or [] %}
<tool_call>{"name": "{{ call.function.name }}", "arguments": {% for key, value in call.function.arguments.items() %}{{ key }}={{ value | tojson }} {% endfor %}}</tool_call>{% endfor %}<|im_end|>{% endgeneration %}
{% else %}{{ message.content or '' }}<|im_end|>
{% endif %}{%- endfor %}{%- if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""


def make_tokenizer(texts):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=2000, special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    tokenizer.train_from_iterator(texts, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>")
    fast.chat_template = TEMPLATE
    return fast


def check_trl_shapes(folder, tokenizer):
    from trl.data_utils import is_conversational, is_conversational_from_value, maybe_apply_chat_template, maybe_convert_to_chatml

    for name in ("sft/trl", "preference/trl", "preference/unpaired"):
        for path in sorted((folder / name).glob("*.jsonl")):
            rows = lines_of(path)
            where = path.relative_to(folder)
            check(f"{where}, rows that TRL calls conversational", sum(map(is_conversational, rows)), len(rows))

            def render(rows=rows, where=where):
                made = [maybe_apply_chat_template(row, tokenizer, tools=row.get("tools")) for row in rows]
                expected = {"sft/trl": {"text"}, "preference/trl": {"prompt", "chosen", "rejected"}}.get(name, {"prompt", "completion", "label"})
                check(f"{where}, rows that a chat template renders", sum(set(row) == expected for row in made), len(rows))
                texts = [value for row in made for value in row.values() if isinstance(value, str)]
                check(f"{where}, rendered texts that are empty", sum(not text for text in texts), 0)

            attempt(f"{where}, rendering", render)
    for path in sorted((folder / "sft/sharegpt").glob("*.jsonl")):
        rows = lines_of(path)
        converted = [maybe_convert_to_chatml(json.loads(json.dumps(row))) for row in rows]
        check(f"{path.relative_to(folder)}, rows that TRL reads as from and value", sum(map(is_conversational_from_value, rows)), len(rows))
        check(f"{path.relative_to(folder)}, rows it makes role and content of", sum("messages" in row for row in converted), len(rows))


def check_trainers(folder, tokenizer):
    """One step of each trainer on a model of random weights: what the trainers make of the columns, not what is learned."""
    from transformers import LlamaConfig, LlamaForCausalLM, PrinterCallback
    from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer

    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=8, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=4096
    )
    common = dict(output_dir=SCRATCH, max_steps=1, per_device_train_batch_size=2, report_to=[], save_strategy="no", use_cpu=True, bf16=False, max_length=2048, logging_strategy="no")
    # Preference trainers load their reference model anew, from where the model came from.
    model = f"{SCRATCH}/model"
    LlamaForCausalLM(config).save_pretrained(model)
    trainers = {
        "sft-trl": (SFTTrainer, SFTConfig, {"assistant_only_loss": True}),
        "preference-trl": (DPOTrainer, DPOConfig, {}),
        "preference-unpaired": (KTOTrainer, KTOConfig, {}),
    }
    for name, (trainer_class, config_class, more) in trainers.items():
        if not (folder / name.replace("-", "/", 1) / "train.jsonl").exists():
            continue

        def train(name=name, trainer_class=trainer_class, config_class=config_class, more=more):
            rows = load_dataset(str(folder), name, split="train")
            trainer = trainer_class(model=model, args=config_class(**common, **more), train_dataset=rows, processing_class=tokenizer)
            trainer.remove_callback(PrinterCallback)
            prepared = trainer.train_dataset.num_rows
            trainer.train()
            check(f"{trainer_class.__name__} on {name}, rows prepared and steps done", (prepared, trainer.state.global_step), (rows.num_rows, 1))

        attempt(f"{trainer_class.__name__} on {name}", train)


def texts_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


# ---- broken on purpose


def spoil(folder):
    """A copy in which every file has lost what makes it what it is."""
    copy = Path(SCRATCH) / "spoiled"
    shutil.copytree(folder.resolve(), copy)
    for path in copy.glob("*/*/*.jsonl"):
        rows = lines_of(path)
        for row in rows:
            for column in ("messages", "prompt", "completion", "conversations", "chosen"):
                if column in row:
                    row[column] = [{"speaker": "user", "text": "Low water?"}]
            if "input" in row:
                row["input"]["messages"] = [{"role": "harbour", "content": ""}]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for path in copy.glob("*/*.arrow"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return copy


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--break", action="store_true", dest="spoiled", help="spoil a copy first; every kind of check must then fail")
    options.add_argument("--no-training", action="store_true", help="leave out the trainers, which need torch")
    given = options.parse_args()
    folder = spoil(given.folder) if given.spoiled else given.folder.resolve()
    sections = {"sets": lambda: check_sets(folder), "card": lambda: check_card(folder), "openai": lambda: check_openai(folder)}
    if (folder / "sft/trl").exists():
        tokenizer = make_tokenizer(text for row in lines_of(given.folder / "sft/instruction_response.jsonl") for text in texts_of(row["messages"]))
        sections["trl"] = lambda: check_trl_shapes(folder, tokenizer)
        if not given.no_training:
            sections["trainers"] = lambda: check_trainers(folder, tokenizer)
    blind = []
    for name, section in sections.items():
        before = len(FAILED)
        attempt(name, section)
        if len(FAILED) == before:
            blind.append(name)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    if given.spoiled:
        print(f"checks that did not notice: {', '.join(blind) or 'none'}")
        return 1 if blind else 0
    print(f"{len(FAILED)} checks failed" if FAILED else "everything holds")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
