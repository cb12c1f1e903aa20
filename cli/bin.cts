#!/usr/bin/env node
// Each query of DuckDB holds a thread of libuv's pool; four would starve file access. The pool's size is read once, before its first use.
process.env.UV_THREADPOOL_SIZE ??= '16';
void import('./main.js');
