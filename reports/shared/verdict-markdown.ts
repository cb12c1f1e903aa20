import { escapeMarkdown, markdownCode } from './escape.ts';
import type { Verdict } from './verdict.ts';

/** A verdict under its heading: what it rests on, the reasons, the numbers, and what to do next. Parts without content are left out. */
export function writeVerdictMarkdown(verdict: Verdict): string[] {
  const parts = [`${escapeMarkdown(verdict.sentence)}\n`, writeReasons(verdict), writeFigures(verdict), writeNextSteps(verdict)];
  return parts.filter((part) => part !== '');
}

function writeReasons({ reasons }: Verdict): string {
  return reasons.map(({ sentence, detail }) => `- **${escapeMarkdown(sentence)}** ${escapeMarkdown(detail)}\n`).join('');
}

function writeFigures({ figures }: Verdict): string {
  const cells = figures.map(({ value, note }) => escapeMarkdown(note === undefined ? value : `${value} (${note})`));
  return `| ${figures.map(({ label }) => escapeMarkdown(label)).join(' | ')} |\n|${' ---: |'.repeat(figures.length)}\n| ${cells.join(' | ')} |\n`;
}

function writeNextSteps({ nextSteps }: Verdict): string {
  const steps = nextSteps.map(({ sentence, command }, index) => `${index + 1}. ${escapeMarkdown(sentence)} ${markdownCode(command)}\n`);
  return steps.length === 0 ? '' : `**What to do next**\n\n${steps.join('')}`;
}
