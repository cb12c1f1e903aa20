import { utf8ToBytes } from '@noble/hashes/utils.js';
import { writeConfig, writeReadme } from './companions.ts';
import { tellBookingAgent } from './streams/booking-agent.ts';
import { tellCodeReview } from './streams/code-review.ts';
import { tellCounterTrials } from './streams/counter-trials.ts';
import { tellDevSessions } from './streams/dev-sessions.ts';
import { tellFleetShell } from './streams/fleet-shell.ts';
import { tellFunctionDrills } from './streams/function-drills.ts';
import { tellNightLine } from './streams/night-line.ts';
import { tellRepairRuns } from './streams/repair-runs.ts';
import { tellSiteAssistant } from './streams/site-assistant.ts';
import { tellSitePatches } from './streams/site-patches.ts';
import { tellSupportDesk } from './streams/support-desk.ts';
import { tellWorkshopTickets } from './streams/workshop-tickets.ts';
import type { Stream } from './telling.ts';
import { tellTruth, writeTruth } from './truth-file.ts';

export { generateAcceptance } from './acceptance/index.ts';
export { generateChatCorpus, type ChatCorpusOptions } from './chat-corpus.ts';
export type { SamplesTruth, StreamTruth } from './truth-file.ts';
export type { TruthRecord } from './telling.ts';

/** The seed of the committed samples. */
export const SAMPLES_SEED = 20260302;

/** One file of the sample folder; the path is relative to it, with `/`. */
export interface SampleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The sample folder as a pure function of the seed: streams of traces, the config that names them, the truth about them, a note. */
export function generateSamples(seed: number): SampleFile[] {
  const streams = tellStreams(seed);
  const truth = tellTruth(seed, streams);
  const texts: readonly (readonly [string, string])[] = [
    ['README.md', writeReadme(seed, streams, truth)],
    ['lauter.config.json', writeConfig(streams)],
    ['truth.json', writeTruth(truth)],
  ];
  return [
    ...streams.flatMap((stream) => stream.files.map(({ path, bytes }) => ({ path, bytes }))),
    ...texts.map(([path, text]) => ({ path, bytes: utf8ToBytes(text) })),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function tellStreams(seed: number): Stream[] {
  const bookings = tellBookingAgent(seed);
  return [
    tellSupportDesk(seed, bookings.handedOver),
    bookings,
    tellSiteAssistant(seed),
    tellNightLine(seed),
    tellCounterTrials(seed),
    tellSitePatches(seed),
    tellFunctionDrills(seed),
    tellFleetShell(seed),
    tellCodeReview(seed),
    tellRepairRuns(seed),
    tellDevSessions(seed),
    tellWorkshopTickets(seed),
  ];
}
