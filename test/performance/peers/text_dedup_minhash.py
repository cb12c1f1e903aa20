"""The same with text-dedup's MinHash at its usual settings; the filter, the exact copies and the files by polars."""

import os
import subprocess
import sys
from pathlib import Path

import polars as pl


def main(source: str, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    rows = pl.read_ndjson(source, infer_schema_length=None).filter(pl.col("label") == "accepted")
    texts = ["\n".join(turn["content"] for turn in turns if turn["role"] != "system") for turns in rows["messages"].to_list()]
    rows = rows.with_columns(pl.Series("text", texts)).unique("text", keep="first", maintain_order=True)
    rows.select("id", "text").write_parquet(target / "texts.parquet")
    command = [sys.executable, "-m", "text_dedup.minhash", "--path", "parquet", "--data_files", str(target / "texts.parquet")]
    command += ["--split", "train", "--column", "text", "--output", str(target / "kept"), "--num_proc", str(os.cpu_count())]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr.strip().splitlines()[-1])
    from datasets import load_from_disk

    kept = rows.filter(pl.col("id").is_in(load_from_disk(str(target / "kept"))["id"])).drop("text")
    kept.write_ndjson(target / "kept.jsonl")
    kept.write_parquet(target / "kept.parquet")
    print(f"{len(kept)} rows kept")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
