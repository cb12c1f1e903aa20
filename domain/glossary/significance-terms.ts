import { CONTRADICTION_TERMS } from './contradiction-terms.ts';
import { PANEL_TERMS } from './panel-terms.ts';
import { GATE_TERMS } from './replay-terms.ts';
import { term, type GlossarySection } from './section.ts';

/** What says whether a difference is more than chance. */
export const SIGNIFICANCE: GlossarySection = {
  title: 'Significance',
  lead: 'Whether a difference is more than the luck of the questions, and how large it may be.',
  terms: [
    term('delta', 'Difference of means', 'The second arm minus the first, over the same questions.', 'any', ['mean_difference']),
    term(
      'p_value',
      'p-value',
      'How often chance alone makes a difference at least as large as this one. It is not the chance that there is none.',
      'above 0, to 1',
      ['p', 'p_raw'],
    ),
    term(
      'adjusted_p',
      'Adjusted p-value',
      'The same, made fair to having looked at several differences: Bonferroni decides, Holm stands beside it.',
      'above 0, to 1',
      ['p_bonferroni', 'p_holm'],
    ),
    term(
      'smallest_p',
      'Smallest attainable p-value',
      'So many resamples and comparisons cannot give an adjusted p below this, however clear the difference.',
      'above 0, to 1',
    ),
    term(
      'confidence_interval',
      '95 % confidence interval',
      'Where the figure may lie with other questions of the same kind: 19 of 20 such intervals hold the true value.',
      'two numbers',
      ['ci95'],
    ),
    term(
      'wilson_interval',
      'Wilson score interval',
      'The same for a share of yes and no; it stays within 0 and 1 also for few questions.',
      '0 to 1',
      ['wilson', 'wilson_ci_95'],
    ),
    term(
      'mde',
      'Minimum detectable effect',
      'The smallest true difference that a comparison of so many questions finds four times out of five.',
      '0 and up',
    ),
    term(
      'discordant',
      'Discordant pairs',
      'Questions that one arm got right and the other wrong: gains and losses. The others say nothing about the difference.',
      'two counts',
    ),
    term(
      'non_inferiority_margin',
      'Non-inferiority margin',
      'How much worse the new arm may be and still count as good enough; the whole interval must lie above it.',
      '0 and up',
      ['margin'],
    ),
    term(
      'kappa',
      "Cohen's kappa",
      'How far two judges agree beyond what chance would give: 1 always, 0 as chance, below 0 less.',
      '-1 to 1',
    ),
    term(
      'alpha',
      "Krippendorff's alpha",
      'The same for any number of judges and with gaps. As a flag, --alpha is the level below which a p-value counts.',
      '-1 to 1',
    ),
    ...PANEL_TERMS,
    ...CONTRADICTION_TERMS,
    ...GATE_TERMS,
  ],
};
