import { CATEGORIES } from '../../schemas/vocabulary.ts';
import { countBy } from './evidence-checks.ts';
import type { AcceptanceFacts, Finding } from './facts.ts';
import { countedEvidence, placeOf, PlantedPlaces } from './places.ts';

/** 5: one scored run for each evidence row, and none besides. */
export function checkOneScoreEach({ evidence, scores }: AcceptanceFacts): Finding[] {
  const scored = countBy(scores, ({ evidence_id: id }) => id);
  const ids = countedEvidence(evidence);
  return [
    ...[...ids.keys()]
      .filter((id) => scored.get(id) !== 1)
      .map((id) => ({ expected: 'one scored run', found: `${scored.get(id) ?? 0}`, where: `evidence ${id}` })),
    ...[...scored.keys()]
      .filter((id) => !ids.has(id))
      .map((id) => ({ expected: 'an evidence row', found: 'none', where: `scored run of ${id}` })),
  ];
}

/** 6: four categories, all of them in use; what the documents of the run state is what is stored, and that is what was planted. */
export function checkCategories({ planted, evidence, scores, stated }: AcceptanceFacts): Finding[] {
  const found = countBy(scores, ({ category }) => category);
  const words = new Set<string>(CATEGORIES);
  const strangers = [...found.keys()].filter((category) => !words.has(category));
  const unused = CATEGORIES.filter((category) => !found.has(category));
  const sourceOf = countedEvidence(evidence);
  const bySource = countBy(scores, ({ evidence_id: id, category }) => `${sourceOf.get(id)?.source ?? 'no source'}: ${category}`);
  const expected = countBy(
    planted.files.flatMap(({ source, attempts }) =>
      attempts.filter((attempt) => attempt.is_duplicate !== true).map(({ category }) => `${source}: ${category}`),
    ),
    (key) => key,
  );
  return [
    ...strangers.map((category) => ({ expected: CATEGORIES.join(', '), found: category, where: 'lake/scored' })),
    ...unused.map((category) => ({ expected: `rows that are ${category}`, found: 'none', where: 'lake/scored' })),
    ...stated.flatMap(({ document, categories }) =>
      CATEGORIES.filter((category) => (categories[category] ?? 0) !== (found.get(category) ?? 0)).map((category) => ({
        expected: `${found.get(category) ?? 0} ${category}, as stored`,
        found: `${categories[category] ?? 0}`,
        where: document,
      })),
    ),
    ...[...new Set([...expected.keys(), ...bySource.keys()])]
      .filter((key) => expected.get(key) !== bySource.get(key))
      .map((key) => ({ expected: `${expected.get(key) ?? 0}, as planted`, found: `${bySource.get(key) ?? 0}`, where: key })),
  ];
}

/** 7: scoring the stored evidence again gives the scores that are stored. */
export function checkRescoring({ rescored }: AcceptanceFacts): Finding[] {
  if (rescored.stored === rescored.again && rescored.changed.length === 0) return [];
  const first = rescored.changed[0];
  return [
    {
      expected: `digest ${rescored.stored}`,
      found: `digest ${rescored.again}`,
      where: first === undefined ? 'lake/scored' : `scored run of ${first}`,
    },
  ];
}

/** 8: whatever is accepted says yes of itself where the fixture was written: a human, a reward, tests, a panel that agrees. */
export function checkPositiveTruth({ planted, evidence, scores }: AcceptanceFacts): Finding[] {
  const places = new PlantedPlaces(planted.files);
  const rows = countedEvidence(evidence);
  return acceptedIds(scores).flatMap((id) => {
    const row = rows.get(id);
    if (row === undefined) return [{ expected: 'positive truth', found: 'no evidence row', where: `scored run of ${id}` }];
    const truths = places.of(row).map(({ truth }) => truth);
    if (truths.length > 0 && truths.every((truth) => truth === 'yes')) return [];
    return [
      {
        expected: 'positive truth',
        found: truths.length === 0 ? 'no record of the fixture' : [...new Set(truths)].join(', '),
        where: placeOf(row.source_file, row.locator),
      },
    ];
  });
}

/** 9: where nobody says whether an attempt was any good, nothing is accepted. */
export function checkUnlabelled({ planted, evidence, scores }: AcceptanceFacts): Finding[] {
  const unlabelled = new Set(planted.sources.filter((source) => !source.is_labelled).map(({ name }) => name));
  const rows = countedEvidence(evidence);
  const silent = [...unlabelled].filter((name) => ![...rows.values()].some(({ source }) => source === name));
  return [
    ...silent.map((name) => ({ expected: 'rows of an unlabelled source', found: 'none', where: name })),
    ...acceptedIds(scores).flatMap((id) => {
      const row = rows.get(id);
      return row === undefined || !unlabelled.has(row.source)
        ? []
        : [{ expected: 'no accepted row', found: 'one', where: placeOf(row.source_file, row.locator) }];
    }),
  ];
}

function acceptedIds(scores: AcceptanceFacts['scores']): string[] {
  return scores.filter(({ category }) => category === 'accepted').map(({ evidence_id: id }) => id);
}
