/**
 * The colours of every page and chart, by role. The five tones are told apart by readers with each common colour deficiency and
 * stand out from the surface at 3:1 or better, in light and in dark.
 */
export const LIGHT = {
  page: '#f6f7f8',
  surface: '#ffffff',
  ink: '#1b2127',
  quiet: '#586069',
  line: '#dfe3e7',
  bar: '#e3eaf0',
  link: '#0b5cad',
  accepted: '#087567',
  partial: '#1785cf',
  review: '#b98a22',
  rejected: '#b03519',
  neutral: '#8e949b',
} as const;

export type Colour = keyof typeof LIGHT;

/** What a colour says about a number or a word; never the only thing that says it. */
export type Tone = Extract<Colour, 'accepted' | 'partial' | 'review' | 'rejected' | 'neutral'>;

export const DARK: Readonly<Record<Colour, string>> = {
  page: '#0f1316',
  surface: '#15191d',
  ink: '#e4e8eb',
  quiet: '#9ba5ae',
  line: '#2b3238',
  bar: '#27323b',
  link: '#7db8f2',
  accepted: '#4ca08c',
  partial: '#80c0f1',
  review: '#f8c870',
  rejected: '#cf5029',
  neutral: '#656b71',
};

/** The colour as CSS and SVG write it; the page decides between light and dark. */
export function colour(name: Colour): string {
  return `var(--${name})`;
}
