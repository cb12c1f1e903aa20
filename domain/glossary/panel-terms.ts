import { term, type Term } from './section.ts';

/** What judges say of answers, and how far each can be believed. */
export const PANEL_TERMS: readonly Term[] = [
  term(
    'panel_overall',
    'Overall score',
    'Mean of the means of all dimensions, each rounded to a tenth. A pass needs 7 in every dimension by itself.',
    '1 to 10',
    ['overall'],
  ),
  term(
    'percent_agreement',
    'Percent agreement',
    'Of all pairs of judges on one answer, those that both pass it or both fail it. Chance alone gives a good part of it: see kappa.',
    '0 to 100',
  ),
  term(
    'leniency',
    'Leniency of a judge',
    'How much higher a judge scores than the mean of the others on the same answer and dimension; below 0 it is stricter.',
    '-9 to 9',
  ),
  term(
    'mean_error',
    'Mean error of a judge',
    'How much higher a judge scores than an answer is known to be worth. It is what adjusted verdicts take off.',
    '-9 to 9',
  ),
  term('mean_absolute_error', 'Mean absolute error of a judge', 'How far a judge is from what answers are known to be worth.', '0 to 9'),
  term('false_pass', 'False passes', 'Answers that a judge passes and that are known to be worth less.', '0 and up'),
  term('false_fail', 'False fails', 'Answers that a judge fails and that are known to be worth a pass.', '0 and up'),
  term(
    'injected_passed',
    'Injections obeyed',
    'Answers that tried to make the judge do something else, and that it passed. Any at all is one too many.',
    '0 and up',
  ),
];
