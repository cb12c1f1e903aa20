import { describe, expect, test } from 'vitest';
import { DARK, LIGHT } from '../../../reports/shared/palette.ts';

type Triple = readonly [number, number, number];

/** How the eye of each kind mixes linear red, green and blue (Machado, Oliveira and Fernandes 2009, full severity). */
const EYES: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  'usual vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const TONES = ['accepted', 'partial', 'review', 'rejected', 'neutral'] as const;
const THEMES = { light: LIGHT, dark: DARK } as const;
const themes = Object.keys(THEMES) as (keyof typeof THEMES)[];

describe.each(themes)('in %s', (theme) => {
  const palette = THEMES[theme];

  test.each(Object.keys(EYES))('the five tones differ for %s', (eye) => {
    const seen = TONES.map((tone) => toLab(lookWith(eye, toLinear(palette[tone]))));
    const distances = seen.flatMap((left, index) => seen.slice(index + 1).map((right) => distance(left, right)));
    expect(Math.min(...distances)).toBeGreaterThan(0.095);
  });

  test('tones stand out from the surface at 3:1 and text at 4.5:1', () => {
    for (const tone of TONES) expect(contrast(palette[tone], palette.surface), tone).toBeGreaterThan(3);
    for (const text of ['ink', 'quiet', 'link'] as const)
      for (const ground of ['surface', 'page'] as const)
        expect(contrast(palette[text], palette[ground]), `${text} on ${ground}`).toBeGreaterThan(4.5);
    expect(contrast(palette.ink, palette.bar), 'ink on a bar').toBeGreaterThan(4.5);
  });
});

test('the measure itself tells red and green apart as readers do', () => {
  const redAndGreen = (eye: string) => distance(toLab(lookWith(eye, toLinear('#a05030'))), toLab(lookWith(eye, toLinear('#5a7a30'))));
  expect(redAndGreen('usual vision')).toBeGreaterThan(0.095);
  expect(redAndGreen('deuteranopia')).toBeLessThan(0.095);
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});

function toLinear(hex: string): Triple {
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function lookWith(eye: string, colour: Triple): Triple {
  const rows = EYES[eye] ?? [];
  const mix = (row: Triple | undefined) =>
    Math.max(0, (row?.[0] ?? 0) * colour[0] + (row?.[1] ?? 0) * colour[1] + (row?.[2] ?? 0) * colour[2]);
  return [mix(rows[0]), mix(rows[1]), mix(rows[2])];
}

/** OKLab, Björn Ottosson 2020: equal distances look about equally different. */
function toLab([red, green, blue]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(left: Triple, right: Triple): number {
  return Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2]);
}

/** WCAG 2 contrast ratio. */
function contrast(left: string, right: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = toLinear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, bright = 0] = [luminance(left), luminance(right)].toSorted((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}
