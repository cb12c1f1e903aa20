/** End of the window that the events of the observatory lie in. */
export const OBSERVATORY_NOW = '2026-03-31T00:00:00Z';

/** Secrets that stand in the events, none of which may be left in any file. Put together here, so that no scanner of repositories stops at them. */
export const OBSERVATORY_SECRETS = [
  ['AKIA', 'QYLPMN5HFIQR7XYA'].join(''),
  ['ghp', 'a8Kd03jfLq92mZx71Vbn40PwRt65sYcE12uH'].join('_'),
  ['open', 'the', 'dome', '71'].join('-'),
  ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiI3In0', 'c2lnbmVk'].join('.'),
] as const;

interface ObservatoryEvent {
  readonly event_id: string;
  readonly source: string;
  readonly timestamp_ms: number;
  readonly payload: object;
  readonly tags?: readonly string[];
}

const NOW_MS = Date.parse(OBSERVATORY_NOW);
const HOUR_MS = 3_600_000;

/**
 * Thirty nights at an observatory: a command every twelve hours, an agent's session and a look at the weather page every day, a build every third
 * day; in some of them secrets. Beside them what never may be sampled: probes, idle commands, a night before the window and one after it.
 */
export function observatoryEvents(): ObservatoryEvent[] {
  const events: ObservatoryEvent[] = [];
  for (let number = 0; number < 60; number += 1) events.push(shell(number, NOW_MS - number * 12 * HOUR_MS));
  for (let number = 0; number < 30; number += 1) {
    const at = NOW_MS - number * 24 * HOUR_MS;
    events.push(session(number, at), page(number, at));
    if (number % 3 === 0) events.push(build(number, at));
  }
  return [...events, ...neverSampled()];
}

/** The events as JSON lines. */
export function eventLines(events: readonly object[] = observatoryEvents()): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

function shell(number: number, timestamp_ms: number): ObservatoryEvent {
  const [aws, github, password] = OBSERVATORY_SECRETS;
  const stdout = number % 10 === 0 ? `DOME_PASSWORD="${password}"\nkey ${aws}\n` : `azimuth ${number * 6}`;
  const payload = {
    command: number % 10 === 5 ? `git push https://${github}@forge.example/sky` : `point --azimuth ${number * 6}`,
    cwd: '/home/night',
    duration_ms: 1_500 + number,
    exit_code: 0,
    stderr: '',
    stdout,
  };
  return { event_id: `shell-${number}`, source: 'shell', timestamp_ms, payload };
}

function session(number: number, timestamp_ms: number): ObservatoryEvent {
  const calls = [{ name: 'open_dome', arguments: JSON.stringify({ password: OBSERVATORY_SECRETS[2], speed: number }) }];
  const payload = {
    message_count: 6,
    session_id: `night-${number}`,
    summary_text: `Opened the dome on night ${number} and said "sorry" to the gulls.`,
    tool_calls_json: JSON.stringify(calls),
    user_prompts_json: JSON.stringify([`Open the dome for night ${number}, with ${OBSERVATORY_SECRETS[3]}`]),
  };
  return { event_id: `claude-${number}`, source: 'claude', timestamp_ms, payload };
}

function page(number: number, timestamp_ms: number): ObservatoryEvent {
  const payload = { dwell_ms: 4_000, scroll_depth: 0.5, title: `Weather of night ${number}`, url: `https://weather.example/${number}` };
  return { event_id: `browser-${number}`, source: 'browser', timestamp_ms, payload };
}

function build(number: number, timestamp_ms: number): ObservatoryEvent {
  const payload = { conclusion: 'success', event: 'push', head_sha: 'a1b2c3', raw_json: '{}', repo: 'sky/dome', status: 'completed' };
  return { event_id: `workflow-${number}`, source: 'workflow', timestamp_ms, payload: { ...payload, head_sha: `a1b2c${number}` } };
}

function neverSampled(): ObservatoryEvent[] {
  return [
    { ...shell(900, NOW_MS - HOUR_MS), tags: ['probe'] },
    { ...shell(901, NOW_MS - HOUR_MS), payload: { command: 'clear', duration_ms: 4, stdout: '', stderr: '' } },
    shell(902, NOW_MS - 31 * 24 * HOUR_MS),
    shell(903, NOW_MS + 1),
    { ...page(904, NOW_MS - HOUR_MS), payload: { dwell_ms: 20 } },
  ];
}
