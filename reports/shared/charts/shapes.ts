import { colour } from '../palette.ts';
import type { Colour } from '../palette.ts';

/** How a point is drawn, where its colour alone must not say what it is. */
export type Shape = 'dot' | 'ring' | 'diamond';

/** Symbol, size and style of a point. */
export function pointStyle(shape: Shape, tone: Colour): { symbol: string; symbolSize: number; itemStyle: object } {
  const ink = colour(tone);
  if (shape === 'ring')
    return { symbol: 'circle', symbolSize: 9, itemStyle: { color: colour('surface'), borderColor: ink, borderWidth: 2 } };
  return { symbol: shape === 'dot' ? 'circle' : 'diamond', symbolSize: shape === 'dot' ? 9 : 13, itemStyle: { color: ink } };
}
