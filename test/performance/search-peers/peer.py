"""One engine over documents.jsonl and queries.jsonl of a folder: build, ten best of each query, queries a second on one thread. Prints JSON."""

import json
import re
import resource
import sys
import time
from pathlib import Path

LEAST_S = 3.0


def read(path: Path) -> list[dict]:
    with path.open() as lines:
        return [json.loads(line) for line in lines if line.strip()]


def bm25s_numba(documents: list[dict]):
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("porter")
    texts = [f"{document['title']} {document['text']}" for document in documents]
    retriever = bm25s.BM25(k1=0.9, b=0.4, method="lucene", backend="numba")
    retriever.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
    ids = [document["id"] for document in documents]

    def search(text: str) -> list[str]:
        tokens = bm25s.tokenize([text], stopwords="en", stemmer=stemmer, show_progress=False, return_ids=False)
        found, scores = retriever.retrieve(tokens, k=10, n_threads=1, show_progress=False)
        return [ids[row] for row, score in zip(found[0], scores[0]) if score > 0]

    return search


def tantivy(documents: list[dict]):
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("body", stored=False, tokenizer_name="en_stem")
    index = engine.Index(builder.build())
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for document in documents:
        writer.add_document(engine.Document(id=document["id"], body=f"{document['title']} {document['text']}"))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[str]:
        words = re.sub(r"[^\w\s]", " ", text)
        query = index.parse_query(words, ["body"])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, 10).hits]

    return search


def main(folder: Path, name: str) -> None:
    documents = read(folder / "documents.jsonl")
    queries = read(folder / "queries.jsonl")
    started = time.perf_counter()
    search = {"bm25s": bm25s_numba, "tantivy": tantivy}[name](documents)
    build_ms = (time.perf_counter() - started) * 1000
    found = {query["id"]: search(query["text"]) for query in queries}
    started = time.perf_counter()
    asked = 0
    while time.perf_counter() - started < LEAST_S:
        for query in queries:
            search(query["text"])
        asked += len(queries)
    per_second = asked / (time.perf_counter() - started)
    rss_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"build_ms": build_ms, "queries_per_s": per_second, "rss_mb": rss_mb, "found": found}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
