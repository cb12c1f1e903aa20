import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBenchHarbor, QUESTIONS, SERVED, sweepOf, type BenchHarbor, type FleetQuestion } from './bench-harbor.ts';
import { startModelServerApart, startProductionApart, type ProductionApart } from './bench-processes.ts';
import type { Fault } from './model-server/script.ts';

/** Events of the corpus of a sweep: few, so that a run takes seconds. */
export const SWEPT_EVENTS = 20;

/** A workspace with both servers as processes of their own, and the command line of its sweep. */
export interface SweepScene {
  readonly harbor: BenchHarbor;
  readonly production: ProductionApart;
  readonly requestLog: string;
  /** Folder of run files and report. */
  readonly out: string;
  readonly sweep: readonly string[];
  close(): Promise<void>;
}

/** Sets it; each chat call of the model takes so long. `options` are added to the command line. Close it when the test is over. */
export async function setSweepScene(callMs: number, ...options: readonly string[]): Promise<SweepScene> {
  const harbor = await makeBenchHarbor({ events: SWEPT_EVENTS });
  harbor.writeQuestions(QUESTIONS, questionsAboutTwo(harbor));
  const requestLog = join(harbor.space.root, 'requests.jsonl');
  writeFileSync(requestLog, '');
  const faults: Fault[] = callMs === 0 ? [] : [{ path: 'chat', from: 1, does: { kind: 'wait', ms: callMs } }];
  const model = await startModelServerApart({ models: SERVED, requestLog, faults });
  const production = await startProductionApart();
  const out = join(harbor.space.root, 'sweep');
  return {
    ...{ harbor, production, requestLog, out },
    sweep: sweepOf(model, production, '--renew-every', '1s', '--out', out, ...options),
    close: async () => {
      await harbor.clear();
      await model.close();
      await production.close();
    },
  };
}

/** Questions that name a second ship as well, so that not every answer is found first. */
function questionsAboutTwo({ fleet }: BenchHarbor): FleetQuestion[] {
  return fleet.map(({ ship, event_id }, index) => ({
    qa_id: `qa-${index + 1}`,
    question: `Which lies further out, ${ship} or ${fleet[(index + 7) % fleet.length]!.ship}?`,
    golden_event_id: event_id,
  }));
}
