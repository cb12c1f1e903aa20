/** What a production system of the contract knows: in memory alone, so that a restart forgets it. */
export class ProductionState {
  pid = 4_000;
  pausedAt: string | null = null;
  batches = 0;
  queries = 0;
  #ticks = 0;

  get isPaused(): boolean {
    return this.pausedAt !== null;
  }

  /** Idempotent: the first time is kept. New work stops, work in flight goes on. */
  pause(): object {
    // A time that grows with every pause, so that a second one can be told from the first.
    this.pausedAt ??= new Date(Date.UTC(2026, 2, 2, 6, 40, (this.#ticks += 1))).toISOString();
    return {
      paused_at: this.pausedAt,
      in_flight_finished: this.batches === 0 && this.queries === 0,
      enrichment_active: this.batches > 0,
      query_inflight: this.queries,
    };
  }

  resume(): object {
    this.pausedAt = null;
    return { resumed_at: new Date(Date.UTC(2026, 2, 2, 7, 0, (this.#ticks += 1))).toISOString() };
  }

  health(): object {
    return {
      status: 'ok',
      pid: this.pid,
      paused: this.isPaused,
      paused_at: this.pausedAt,
      enrichment_running: this.batches > 0,
      query_inflight: this.queries,
      queues: { pending: 3, processing: this.batches },
    };
  }

  /** Another process in its place: unpaused, and without the work of the old one. */
  restart(): void {
    this.pid += 1;
    [this.pausedAt, this.batches, this.queries] = [null, 0, 0];
  }
}
