import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { onnxPartFolder } from '../../adapters/embedder/onnx-part.ts';
import type { ModelProgram } from '../../adapters/embedder/onnx-process.ts';

/** The program of a model, compiled from its sources into a folder. */
export function compileModelProgram(folder: string): ModelProgram {
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, rewriteRelativeImportExtensions: true };
  for (const name of ['onnx-program', 'onnx-encoder', 'unit-vector']) {
    const source = readFileSync(new URL(`../../adapters/embedder/${name}.ts`, import.meta.url), 'utf8');
    writeFileSync(join(folder, `${name}.js`), ts.transpileModule(source, { compilerOptions: options }).outputText);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return { file: pathToFileURL(join(folder, 'onnx-program.js')), execArgv: [] };
}

/**
 * A runtime whose model is worked out by hand: the row of a token is its id and 1, and the answer has a row for each. A model file that says `torn` cannot
 * be loaded, the token 13 makes a run fail, 66 ends the process.
 */
const RUNTIME = `
const { readFileSync } = require('node:fs');
exports.Tensor = class { constructor(type, data, dims) { Object.assign(this, { type, data, dims }); } };
exports.InferenceSession = {
  async create(path) {
    if (readFileSync(path, 'utf8') === 'torn') throw new Error('Protobuf parsing failed.\\nmore lines');
    return {
      inputNames: ['input_ids', 'attention_mask'],
      outputNames: ['last_hidden_state'],
      async run({ input_ids, attention_mask, ...others }) {
        if (Object.keys(others).length > 0) throw new Error('an input that was not asked for');
        const ids = [...input_ids.data].map(Number);
        if ([...attention_mask.data].some((mask) => mask !== 1n)) throw new Error('a mask over a text without padding');
        if (ids.includes(13)) throw new Error('index out of bounds');
        if (ids.includes(66)) process.exit(3);
        return { last_hidden_state: { data: Float32Array.from(ids.flatMap((id) => [id, 1])), dims: [1, ids.length, 2] } };
      },
    };
  },
};`;

/** A tokenizer that gives a word its length, 13 for \`unlucky\`, 66 for \`crash\`, between 1 and 2. */
const TOKENIZERS = `
exports.Tokenizer = class {
  constructor(tokenizer) { if (tokenizer.kind !== 'lengths') throw new Error('an unknown tokenizer'); }
  encode(text) {
    const words = text.split(' ').filter((word) => word !== '');
    return { ids: [1, ...words.map((word) => ({ unlucky: 13, crash: 66 })[word] ?? word.length), 2] };
  }
};`;

/** Puts a stand-in of the optional part where the program looks for it. */
export function plantOnnxPart(env: NodeJS.ProcessEnv): void {
  writeModules(onnxPartFolder(env));
}

/** A program \`npm\` that installs the stand-in, and the folder to put on PATH. It notes what it was called with in \`calls\`. */
export function plantNpm(folder: string, ending = 'exit 0'): string {
  const [bin, modules] = [join(folder, 'bin'), join(folder, 'modules')];
  writeModules(modules);
  mkdirSync(bin, { recursive: true });
  const script = ['#!/bin/sh', `echo "$@" >> '${join(folder, 'calls')}'`, `cp -r '${join(modules, 'node_modules')}' .`, ending];
  writeFileSync(join(bin, 'npm'), `${script.join('\n')}\n`, { mode: 0o755 });
  return bin;
}

function writeModules(folder: string): void {
  for (const [name, code] of [
    ['onnxruntime-node', RUNTIME],
    ['@huggingface/tokenizers', TOKENIZERS],
  ] as const) {
    const path = join(folder, 'node_modules', name, 'index.js');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
  writeFileSync(join(folder, 'package.json'), '{}');
}
