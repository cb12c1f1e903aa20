import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { SEARCH_PLACEHOLDERS } from '../../adapters/retriever/fill-template.ts';
import { createProgram } from '../../cli/program.ts';
import { KNOB_BUNDLES, KNOB_NAMES } from '../../domain/search/index.ts';
import { correctnessThresholds, regressionThresholds } from '../../domain/gate/index.ts';
import { configSchema } from '../../schemas/config.ts';
import type { KnobValue } from '../../schemas/search-knobs.ts';
import { DEGRADATIONS_TOLD } from '../../schemas/vocabulary.ts';
import { PROJECT_ROOT, readDocument, tableBelow } from './document.ts';
import { unknownCommands } from './faults.ts';

const search = readDocument('docs/search.md').text;
const evaluation = readDocument('docs/evaluation.md').text;
const actions = readDocument('docs/github-actions.md').text;

const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, found]) => found === language).map(([, , block]) => block!);

describe('docs/search.md', () => {
  test('has every knob with its value in every mode', () => {
    const shown = (value: KnobValue): string =>
      value === null ? 'none' : typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
    const { conservative, balanced, tokenmax } = KNOB_BUNDLES;
    expect(tableBelow(search, 'Modes and knobs')).toEqual(
      KNOB_NAMES.map((knob) => [`\`${knob}\``, shown(conservative[knob]), shown(balanced[knob]), shown(tokenmax[knob])]),
    );
  });

  test('has every degraded mode in the words that people read', () => {
    expect(tableBelow(search, 'When a stage cannot run')).toEqual(
      Object.entries(DEGRADATIONS_TOLD).map(([name, told]) => [`\`${name}\``, told]),
    );
  });

  test('has every placeholder', () => {
    const names = tableBelow(search, 'Templates').map(([cell]) => cell);
    expect(names).toEqual([...SEARCH_PLACEHOLDERS, 'pages'].map((name) => `\`{{${name}}}\``));
  });

  test.each(blocksOf(search, 'json'))('its config is one: %#', (block) => {
    expect(configSchema.safeParse(JSON.parse(block))).toMatchObject({ success: true });
  });

  test('shows an engine of every kind', () => {
    const kinds = blocksOf(search, 'json').flatMap((block) => Object.values(configSchema.parse(JSON.parse(block)).search.retrievers));
    expect(kinds.map(({ kind }) => kind)).toEqual(['http', 'command', 'mcp']);
  });
});

test('docs/evaluation.md has the thresholds that the gate has', () => {
  expect(Object.fromEntries(tableBelow(evaluation, 'The loop').map(([flag, value]) => [flag, Number(value)]))).toEqual(defaultThresholds());
});

describe('docs/github-actions.md', () => {
  const program = createProgram(
    {
      env: {},
      cwd: PROJECT_ROOT,
      out: () => undefined,
      err: () => undefined,
      isTerminal: false,
      hasColour: false,
      onInterrupt: () => () => undefined,
    },
    () => undefined,
  );
  const commands = blocksOf(actions, 'yaml').flatMap((block) => runsOf(parse(block)).filter((run) => run.startsWith('npx lauter')));

  test('its blocks are YAML whose commands and flags exist', () => {
    expect(commands).toHaveLength(4);
    const text = commands.map((command) => `\`\`\`\n${command.replace(/\$\{\{.*?\}\}/g, 'main')}\n\`\`\`\n`).join('\n');
    expect(unknownCommands({ path: 'docs/github-actions.md', text }, program)).toEqual([]);
  });

  test('its gate writes JUnit and the summary of the job, from the base branch', () => {
    expect(commands[1]).toMatch(/^npx lauter eval gate .*--baseline-ref origin\/.* --junit gate\.xml --github-summary/);
  });
});

/** Limits where neither a command line nor a baseline states any. */
function defaultThresholds(): Record<string, number> {
  const { latency_floor_ms: _, ...regression } = regressionThresholds({}, undefined);
  const limits = Object.entries({ ...regression, ...correctnessThresholds({}) });
  return Object.fromEntries(limits.map(([name, limit]) => [`\`--threshold-${name.replaceAll('_', '-')}\``, limit]));
}

/** What the steps of a workflow, or a list of steps, run. */
function runsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(runsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === 'run' && typeof item === 'string' ? [item] : runsOf(item)));
}
