import { dataNotice, fence } from '../fencing/index.ts';
import { isObject, type JsonValue } from '../shared/json.ts';
import type { Message } from './reader-prompt.ts';
import { isAbstention } from './score-sessions.ts';

/** Part of every judge's configuration: another text of the prompts, another version. */
export const JUDGE_PROMPT_VERSION = 'lauter-lme-judge-1';

/** Room for a verdict, and for a model that thinks before it. */
export const JUDGE_MAX_TOKENS = 512;

export interface JudgedAnswer {
  readonly questionId: string;
  readonly questionType: string;
  readonly question: string;
  readonly answer: string | number;
  readonly hypothesis: string;
}

/** What a judge is asked: whether an answer says what the right one says, by the rule of its kind of question. */
export function judgeMessages(judged: JudgedAnswer): Message[] {
  const block = (kind: string, text: string): string => fence({ tag: 'passage', attributes: { kind }, text, cap: CAP }).block;
  return [
    { role: 'system', content: judgeSystemPrompt(ruleOf(judged)) },
    {
      role: 'user',
      content: [
        block('question', judged.question),
        block('right answer', String(judged.answer)),
        block('given answer', judged.hypothesis),
      ].join('\n\n'),
    },
  ];
}

const CAP = 8_000;

/** The rules by kind of question; part of the judge's configuration. */
export const JUDGE_RULES = {
  abstention:
    'The question cannot be answered. The given answer is correct when it says so, or says that what was asked for was never mentioned; the passage of the right answer says why.',
  'temporal-reasoning':
    'The given answer is correct when it holds all of the right answer. A number of days, weeks or months may be off by one.',
  'knowledge-update': 'The given answer is correct when it holds the newest state of things, even when it names an older one beside it.',
  'single-session-preference':
    'The right answer describes what the person would like. The given answer is correct when it uses what is known of the person rightly; it need not use all of it.',
  other:
    'The given answer is correct when it holds all of the right answer, in whatever words, or all steps that lead to it. Part of it is not enough.',
} as const;

function ruleOf({ questionId, questionType }: JudgedAnswer): string {
  if (isAbstention(questionId)) return JUDGE_RULES.abstention;
  return Object.hasOwn(JUDGE_RULES, questionType) ? JUDGE_RULES[questionType as keyof typeof JUDGE_RULES] : JUDGE_RULES.other;
}

function judgeSystemPrompt(rule: string): string {
  return [
    'You compare an answer with the right one.',
    dataNotice('passage'),
    rule,
    'Reply with JSON alone: {"correct": true} or {"correct": false}.',
  ].join(' ');
}

/** The verdict in the last complete JSON object of a reply; null for a reply without one, however it reads. */
export function readJudgeVerdict(reply: string): boolean | null {
  const value = lastJsonObject(reply);
  return isObject(value) && typeof value.correct === 'boolean' ? value.correct : null;
}

function lastJsonObject(text: string): JsonValue | undefined {
  for (let end = text.lastIndexOf('}'); end >= 0; end = end === 0 ? -1 : text.lastIndexOf('}', end - 1)) {
    for (let start = text.lastIndexOf('{', end), tries = 0; start >= 0 && tries < MOST_TRIES; tries += 1) {
      const value = parseOrNothing(text.slice(start, end + 1));
      if (value !== undefined) return value;
      start = start === 0 ? -1 : text.lastIndexOf('{', start - 1);
    }
  }
  return undefined;
}

/** Braces that are tried for one end: replies are short, and hostile ones stay cheap. */
const MOST_TRIES = 20;

function parseOrNothing(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
