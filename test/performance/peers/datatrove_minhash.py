"""The same with datatrove's MinHash pipeline at its usual settings, on all cores; Parquet and the filter by polars."""

import json
import os
import sys
from pathlib import Path

import polars as pl
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter


def split(source: str, folder: Path, parts: int) -> None:
    folder.mkdir(parents=True)
    files = [(folder / f"{part}.jsonl").open("w") for part in range(parts)]
    seen = set()
    with open(source) as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            if record.get("label") != "accepted":
                continue
            text = "\n".join(message["content"] for message in record["messages"] if message["role"] != "system")
            if text in seen:
                continue
            seen.add(text)
            files[number % parts].write(json.dumps({"id": record["id"], "text": text, "line": line.rstrip("\n")}) + "\n")
    for file in files:
        file.close()


def main(source: str, target: Path) -> None:
    cores = os.cpu_count() or 1
    config = MinhashConfig()
    split(source, target / "accepted", cores)
    work = str(target / "work")
    reader = JsonlReader(str(target / "accepted"))

    def run(name: str, pipeline: list, tasks: int) -> None:
        LocalPipelineExecutor(pipeline=pipeline, tasks=tasks, workers=cores, logging_dir=f"{work}/logs/{name}").run()

    run("signatures", [reader, MinhashDedupSignature(output_folder=f"{work}/signatures", config=config)], cores)
    buckets = MinhashDedupBuckets(input_folder=f"{work}/signatures", output_folder=f"{work}/buckets", config=config)
    run("buckets", [buckets], config.num_buckets)
    run("cluster", [MinhashDedupCluster(input_folder=f"{work}/buckets", output_folder=f"{work}/removed", config=config)], 1)
    filtered = [reader, MinhashDedupFilter(input_folder=f"{work}/removed"), JsonlWriter(str(target / "kept"), compression=None)]
    run("filter", filtered, cores)
    lines = []
    for file in sorted((target / "kept").glob("*.jsonl")):
        with file.open() as rows:
            lines += [json.loads(row)["metadata"]["line"] for row in rows]
    (target / "kept.jsonl").write_text("\n".join(lines) + "\n")
    pl.read_ndjson(target / "kept.jsonl", infer_schema_length=None).write_parquet(target / "kept.parquet")
    print(f"{len(lines)} rows kept")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
