"""Read, keep accepted, remove exact and near copies with polars and datasketch at their usual settings, write JSONL and Parquet."""

import os
import sys
from multiprocessing import Pool
from pathlib import Path

import polars as pl
from datasketch import MinHash, MinHashLSH

PERMUTATIONS = 128
THRESHOLD = 0.7
SHINGLE_WORDS = 5


def signature(text: str) -> MinHash:
    words = text.lower().split()
    shingles = {" ".join(words[at : at + SHINGLE_WORDS]) for at in range(max(1, len(words) - SHINGLE_WORDS + 1))}
    minhash = MinHash(num_perm=PERMUTATIONS)
    minhash.update_batch([shingle.encode() for shingle in shingles])
    return minhash


def text_of(messages: list[dict]) -> str:
    return "\n".join(message["content"] for message in messages if message["role"] != "system")


def main(source: str, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    rows = pl.read_ndjson(source, infer_schema_length=None).filter(pl.col("label") == "accepted")
    rows = rows.with_columns(pl.Series("text", [text_of(messages) for messages in rows["messages"].to_list()]))
    rows = rows.unique("text", keep="first", maintain_order=True)
    with Pool(os.cpu_count()) as pool:
        signatures = pool.map(signature, rows["text"].to_list(), chunksize=500)
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    kept = []
    for number, minhash in enumerate(signatures):
        if index.query(minhash):
            continue
        index.insert(number, minhash)
        kept.append(number)
    result = rows[kept].drop("text")
    result.write_ndjson(target / "kept.jsonl")
    result.write_parquet(target / "kept.parquet")
    print(f"{len(result)} rows kept")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
