/** Ships of the harbor, each named after a bird of the coast; no name is part of any other text of the fleet. */
const SHIPS = (
  'puffin fulmar gannet petrel curlew dunlin plover avocet lapwing whimbrel redshank turnstone shearwater guillemot razorbill kittiwake ' +
  'cormorant pelican osprey kestrel merlin bittern oriole skylark nightjar wagtail goldeneye shelduck wigeon gadwall pintail garganey ' +
  'pochard goosander merganser scoter eider brent dotterel godwit sanderling phalarope woodcock snipe sandpiper greenshank noddy skimmer ' +
  'frigate booby'
).split(' ');

/** An event of the harbor's log. */
export interface FleetEvent {
  /** Lower case. The usual answer of the model server names it first; one that is varied does not name it. */
  readonly ship: string;
  readonly event_id: string;
  readonly source: 'shell' | 'claude';
  readonly timestamp_ms: number;
  readonly payload: object;
}

/** End of the window that all events lie in. */
export const FLEET_NOW = '2026-04-30T00:00:00Z';

const HOUR_MS = 3_600_000;

/** Events about one ship each, in the order in which a run asks about them: every fifth a session with an agent, the others commands. At most 50. */
export function fleetEvents(count: number): FleetEvent[] {
  if (count > SHIPS.length) throw new RangeError(`expected at most ${SHIPS.length} ships, found ${count}`);
  const sessions = Math.floor(count / 5);
  return SHIPS.slice(0, count).map((ship, index) => {
    const number = String(index + 1).padStart(2, '0');
    const timestamp_ms = Date.parse(FLEET_NOW) - (index + 1) * HOUR_MS;
    return index < sessions
      ? { ship, event_id: `claude-${number}`, source: 'claude', timestamp_ms, payload: session(ship, index) }
      : { ship, event_id: `shell-${number}`, source: 'shell', timestamp_ms, payload: command(ship, index) };
  });
}

function command(ship: string, index: number): object {
  return {
    command: `moor ${ship}`,
    cwd: '/quay',
    duration_ms: 1_500 + index,
    exit_code: 0,
    stderr: '',
    stdout: `Made fast with four lines at slack water, pilot ashore by launch, gangway down, customs cleared, papers with the agent; berth ${index}.`,
  };
}

function session(ship: string, index: number): object {
  return {
    message_count: 6,
    session_id: `s-${index}`,
    summary_text: `The ${ship} asked for a berth with shore power; the plan of the week was changed and the pilots were told the new hour of arrival.`,
    tool_calls_json: '[]',
    user_prompts_json: '["Find room at the quay until Sunday"]',
  };
}

/** A valid answer about a command that names these words and no others of its event. */
export function noteNaming(words: readonly string[]): string {
  return JSON.stringify({
    summary: `Somebody dealt with ${words.join(', ')}.`,
    intent: 'get the work of the day done',
    outcome: 'success',
    entities: { tools: ['moor'] },
  });
}
