import type { WorkflowHandle } from '@temporalio/client';

/** A signal that was sent to a workflow, with its first argument. */
export interface SentSignal {
  readonly name: string;
  readonly argument: unknown;
}

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** What a workflow was started with and the signals it was sent, in order: what can be told of it when no worker answers for it. */
export function readSignals({ events }: Pick<History, 'events'>): { readonly input: unknown; readonly signals: readonly SentSignal[] } {
  const started = events?.find((event) => event.workflowExecutionStartedEventAttributes)?.workflowExecutionStartedEventAttributes;
  const signals = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: sent }) =>
    sent ? [{ name: sent.signalName ?? '', argument: firstOf(sent.input) }] : [],
  );
  return { input: firstOf(started?.input), signals };
}

function firstOf(input: { readonly payloads?: readonly { readonly data?: Uint8Array | null }[] | null } | null | undefined): unknown {
  const data = input?.payloads?.[0]?.data;
  return data && data.length > 0 ? JSON.parse(Buffer.from(data).toString('utf8')) : undefined;
}
