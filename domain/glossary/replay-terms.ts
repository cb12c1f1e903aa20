import { term, type Term } from './section.ts';

/** What the gate of a replay, which is rules alone, says of answers. */
export const GATE_TERMS: readonly Term[] = [
  term('gate_pass', 'Gate pass rate', 'Of all answers of replays, those that the gate let pass. No model decides it.', '0 to 1', [
    'passed',
  ]),
  term(
    'wholly_grounded',
    'Wholly grounded answers',
    'Answers of which everything that they name stands in what they were given. One that names nothing counts when the gate let it pass.',
    '0 to 1',
  ),
  term(
    'grounding_rate',
    'Grounding rate',
    'Of the paths, identifiers, numbers, commits, addresses and quotations of an answer, those that stand in its bundle or task.',
    '0 to 1',
    ['names'],
  ),
  term(
    'names_nothing',
    'Answers that name nothing',
    'Answers that can be neither grounded nor ungrounded. They have no grounding rate.',
    '0 and up',
  ),
  term('left_out', 'Pairs left out', 'Tasks that both arms answered, and in which an answer names nothing to be looked for.', '0 and up'),
  term('paired', 'Paired tasks', 'Tasks that both arms answered. Every test is made of them alone.', '0 and up'),
  term('answered', 'Answered', 'Tasks to which a model gave an answer, good or bad.', '0 and up'),
  term('answers', 'Answers', 'Answers that models gave, good or bad.', '0 and up'),
  term('tasks_answered', 'Tasks answered', 'Tasks with an answer each time they were put.', '0 and up'),
  term('unanswered', 'Unanswered', 'Tasks to which no model gave an answer. They are in no figure.', '0 and up'),
  term(
    'passes_by_majority',
    'Passes by majority',
    'Tasks of which more than half of the answers pass. Half of them is not enough.',
    '0 to 1',
  ),
  term(
    'escalation',
    'Escalation rate',
    'Of all answers, those for which a second model was asked, because the gate refused the first one.',
    '0 to 1',
    ['escalated'],
  ),
  term('tasks_escalated', 'Tasks escalated', 'Tasks for which a second model was asked at least once.', '0 to 1'),
  term(
    'trimmed',
    'Trimmed bundles',
    'Answers whose bundle lost playbooks or steps, because the window of the model has no room for all.',
    '0 and up',
  ),
  term(
    'degraded',
    'Degraded retrieval',
    'Answers whose playbooks were found otherwise than asked for, as by words alone while the embedder was away.',
    '0 and up',
  ),
];

/** How alike the answers to one task are. They say nothing of how good the answers are. */
export const AGREEMENT_TERMS: readonly Term[] = [
  term(
    'exact_agreement',
    'Exact agreement',
    'Of all pairs of answers to one task, those that differ in nothing but white space, averaged over tasks.',
    '0 to 1, n/a for tasks put once',
  ),
  term(
    'token_agreement',
    'Word agreement',
    'What two answers to one task share of the words of both, averaged over pairs, then over tasks.',
    '0 to 1, n/a for tasks put once',
  ),
  term('verdict_agreement', 'Verdict agreement', 'Tasks put more than once of which the gate lets all answers pass, or none.', '0 to 1', [
    'same_verdict',
  ]),
  term('distinct_answers', 'Distinct answers', 'How many different answers a task got, white space aside.', '0 and up'),
  term(
    'distinct_bundles',
    'Distinct bundles',
    'How many different sets of playbooks were found for one task. More than 1 is a fault.',
    '0 and up',
  ),
];
