import { describe, expect, test } from 'vitest';
import { judgeAnswer } from '../../../domain/replay/index.ts';

const CONTENT = [
  'Open the weir',
  '',
  'The gauge at 10.0.0.12:8080 answers; its page is http://localhost:7233/gauge?side=left.',
  'A mask of 0x1f, 1e6 rows, then 1.5M rows, a ratio of 0.85, a loss of 4%, and twelve boats.',
  'It froze at −5 °C on 2026-04-26, thawed on 3 May 2026 and closed at 2026-06-07T08:30:00Z.',
  'Set WEIR_HOME to ./weir/bin and C:\\weir\\gauge.ini; two hundred and five posts; wait ninety seconds.',
].join('\n');

const BUNDLE = { exemplars: [{ id: 'weir', title: 'Open the weir', content: CONTENT, generation: 0 }], warnings: [], validation_steps: [] };

/** What an answer that says this names, each with a sign of whether the bundle has it. */
function ground(said: string): string[] {
  const answer = `${said} Then look at the water on both sides before anyone moves on, and write down what stands there.`;
  return judgeAnswer({ answer, task: 'Open the weir', bundle: BUNDLE, grounding: 'fail' }).grounding.map(
    ({ kind, text, grounded }) => `${grounded ? '+' : '-'} ${kind} ${text}`,
  );
}

const CASES: Readonly<Record<string, readonly (readonly [said: string, named: readonly string[]])[]>> = {
  'numbers in powers, hexadecimal and with a word of size': [
    ['It has 1,000,000 rows.', ['+ number 1,000,000']],
    ['It has a million times more, 2e6.', ['- number 2e6']],
    ['It has 1.5 million rows or 1500000.', ['+ number 1.5 million', '+ number 1500000']],
    ['It has 1.5 billion rows.', ['- number 1.5 billion']],
    ['Mask with 0x1F, which is 31.', ['+ number 0x1F', '+ number 31']],
    ['Mask with 0x2f.', ['- number 0x2f']],
  ],
  'shares of one and percentages': [
    ['The ratio is 85% and the loss 0.04.', ['+ number 85%', '+ number 0.04']],
    ['The ratio is 0.95, the loss 40 percent.', ['- number 0.95', '- number 40 percent']],
    ['It takes 85 ms.', ['- number 85 ms']],
  ],
  'numbers in words': [
    ['There are 12 boats and 205 posts.', ['+ number 12', '+ number 205']],
    ['There are 13 boats and 250 posts.', ['- number 13', '- number 250']],
    ['Wait ninety seconds, a minute and a half, or 1.5 minutes.', ['+ number ninety seconds', '+ number 1.5 minutes']],
    ['Wait ninety minutes or thirty-five seconds.', ['- number ninety minutes', '- number thirty-five seconds']],
    ['One day, two or three boats pass two times; someone is often there.', []],
  ],
  'a sign': [
    ['It froze at -5°C.', ['+ number -5°C']],
    ['It froze at 5 °C.', ['- number 5 °C']],
  ],
  'dates and times': [
    [
      'It froze on April 26, 2026, on 26 Apr 2026 and on 26.4.2026.',
      ['+ number April 26, 2026', '+ number 26 Apr 2026', '+ number 26.4.2026'],
    ],
    ['It froze on April 27, 2026, on 26 March 2026.', ['- number April 27, 2026', '- number 26 March 2026']],
    ['It thawed on 2026-05-03, on May 3rd.', ['+ number 2026-05-03', '+ number May 3rd']],
    ['It closed on 2026-06-07 at 8:30, in 2026.', ['+ number 2026-06-07', '+ number 8:30', '+ number 2026']],
    ['It closed on 2026-06-08 at 9:30, in 2025.', ['- number 2026-06-08', '- number 9:30', '- number 2025']],
  ],
  'addresses and ports': [
    ['Ask 10.0.0.12, port 8080.', ['+ number 10.0.0.12', '+ number 8080']],
    ['Ask 10.0.0.13, port 8081.', ['- number 10.0.0.13', '- number 8081']],
    ['See [the page](http://localhost:7233/gauge?side=left).', ['+ url http://localhost:7233/gauge?side=left']],
    ['See [the page](http://localhost:7233/gauge?side=right).', ['- url http://localhost:7233/gauge?side=right']],
    [
      'See url=http://localhost:7233/gauge, (http://localhost:7234/gauge).',
      ['+ url http://localhost:7233/gauge', '- url http://localhost:7234/gauge'],
    ],
  ],
  'paths with the slashes of another system': [
    ['Look into C:/weir/gauge.ini and weir\\bin first.', ['+ path C:/weir/gauge.ini']],
    ['Look into .\\weir\\gauge.ini or weir\\gauge.ini.', ['+ path .\\weir\\gauge.ini', '+ path weir\\gauge.ini']],
    ['Look into weir\\other.ini or \\\\pier\\share.', ['- path weir\\other.ini', '- path \\\\pier\\share']],
    ['Look into weir/bin/ and ./weir/bin/.', ['+ path weir/bin/', '+ path ./weir/bin/']],
  ],
  'paths without an ending': [
    ['Change the Dockerfile and etc/weir, and/or src/weir.', ['- path Dockerfile', '- path etc/weir', '- path src/weir']],
    ['Keep the profile high/low.', []],
  ],
  'variables of a shell': [
    ['Set $WEIR_HOME or ${WEIR_HOME}.', ['+ identifier $WEIR_HOME', '+ identifier WEIR_HOME']],
    ['Set $WEIR_ROOT.', ['- identifier $WEIR_ROOT']],
  ],
};

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases)('%s', (said, named) => {
    expect(ground(said)).toEqual(named);
  });
});
