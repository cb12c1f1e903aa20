/** The two sizes every chart is drawn at; the page shows the one that fits, so that text keeps its size on a phone. */
export interface Layout {
  readonly name: 'wide' | 'narrow';
  readonly widthPx: number;
}

export const LAYOUTS: readonly Layout[] = [
  { name: 'wide', widthPx: 920 },
  { name: 'narrow', widthPx: 328 },
];
