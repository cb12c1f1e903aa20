import { ConfigError } from '../shared/errors.ts';

/** Multiplier of each slug prefix, the prefixes in lower case. */
export type SourceBoosts = Readonly<Record<string, number>>;

/** The profile `brain`: what people wrote and curated before what piled up. */
export const BRAIN_BOOSTS: SourceBoosts = {
  'originals/': 1.5,
  'writing/': 1.4,
  'concepts/': 1.3,
  'people/': 1.2,
  'companies/': 1.2,
  'deals/': 1.2,
  'meetings/': 1.1,
  'media/articles/': 1.1,
  'media/repos/': 1.1,
  'yc/': 1,
  'civic/': 1,
  'daily/': 0.8,
  'media/x/': 0.7,
  'openclaw/chat/': 0.5,
  'archive/': 0.5,
  'extracts/': 0.3,
};

/** The boosts of a profile, with those of LAUTER_SOURCE_BOOST (`prefix=number,...`) over them. ConfigError for an entry that is not of that form. */
export function readSourceBoosts(profile: 'plain' | 'brain', overrides: string | undefined): SourceBoosts {
  const entries = (overrides ?? '').split(',').map((entry) => entry.trim());
  const stated = entries.filter((entry) => entry !== '').map(parseEntry);
  return { ...(profile === 'brain' ? BRAIN_BOOSTS : {}), ...Object.fromEntries(stated) };
}

function parseEntry(entry: string): [string, number] {
  const [, prefix, number] = /^(.*\S)\s*=\s*(\d+\.?\d*|\.\d+)$/.exec(entry) ?? [];
  const boost = Number(number);
  if (prefix !== undefined && Number.isFinite(boost) && boost > 0) return [prefix.toLowerCase(), boost];
  throw new ConfigError(
    `reading LAUTER_SOURCE_BOOST: expected prefix=number with a number above 0, found ${JSON.stringify(entry)}.`,
    'State entries like people/=1.2,archive/=0.5.',
  );
}

/** The multiplier of a slug: that of the longest prefix it begins with, in whatever case; 1 without one. */
export function boostOf(slug: string, boosts: SourceBoosts): number {
  const folded = slug.toLowerCase();
  let longest = -1;
  let boost = 1;
  for (const [prefix, value] of Object.entries(boosts)) {
    if (prefix.length <= longest || !folded.startsWith(prefix)) continue;
    longest = prefix.length;
    boost = value;
  }
  return boost;
}

/** `curated` for a boost above 1.05, `bulk` below 0.95, else `other`; also for no slug. */
export function tierOf(slug: string | null | undefined, boosts: SourceBoosts): 'curated' | 'bulk' | 'other' {
  const boost = boostOf(slug ?? '', boosts);
  if (boost > 1.05) return 'curated';
  return boost < 0.95 ? 'bulk' : 'other';
}
