import type { ConnectionOptions } from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
type Call = ReturnType<Interceptor>;
type Listener = Parameters<Call['start']>[1];

const CANCELLED = 1;

/**
 * Ends a call of a closed channel with the status "cancelled", where gRPC would throw. The SDK's retries come from timers, which closing a
 * connection does not stop, and what a timer throws ends the process. Belongs behind the interceptor that retries.
 */
export const endCallsOfClosedChannel: Interceptor = (options, nextCall) => {
  try {
    return nextCall(options) as Call;
  } catch (error) {
    return endedCall(error instanceof Error ? error.message : String(error));
  }
};

function endedCall(details: string): Call {
  const ignore = (): void => undefined;
  const start: Call['start'] = (metadata, listener?: Listener) => {
    setImmediate(() => {
      // The answer of a single call comes before its status, also where there is none.
      listener?.onReceiveMessage?.(null);
      listener?.onReceiveStatus?.({ code: CANCELLED, details, metadata });
    });
  };
  const call = {
    start,
    cancelWithStatus: ignore,
    sendMessage: ignore,
    sendMessageWithContext: ignore,
    startRead: ignore,
    halfClose: ignore,
  };
  return { ...call, getPeer: () => '', getAuthContext: () => null } as unknown as Call;
}
