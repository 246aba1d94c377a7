/** An event as a client of the stream has it. */
export interface StreamedEvent {
  /** Undefined for what is not stored, such as message.delta. */
  id: string | undefined;
  seq?: number;
  type: string;
  subject: string | null;
  at: string;
  payload: Record<string, unknown>;
  /** When it came, by this process's clock: milliseconds since 1970, with fractions. */
  received_at: number;
}

/** An open event stream, which ends with `close`; `await using` closes it. */
export interface EventReader extends AsyncDisposable {
  /** All that came so far; grows. */
  readonly received: readonly StreamedEvent[];
  /** The id to resume after. */
  readonly lastEventId: string | undefined;
  /** The first event that fits, also one that is there already. Rejects after `timeoutMs` (10,000) and at the end. */
  waitFor(fits: (event: StreamedEvent) => boolean, timeoutMs?: number): Promise<StreamedEvent>;
  /** Resolves with true when the server has ended the stream, with false when `close` has. */
  ended: Promise<boolean>;
  close(): Promise<void>;
}

interface Waiting {
  fits(event: StreamedEvent): boolean;
  resolve(event: StreamedEvent): void;
  reject(error: Error): void;
}

/** What a stream brings, kept and waited for; `take` and `end` are for who reads the stream. */
export function collectEvents() {
  const received: StreamedEvent[] = [];
  const waiting = new Set<Waiting>();
  let lastEventId: string | undefined;
  let over = false;
  const summary = () => received.map(({ type }) => type).join(', ') || 'no events';

  return {
    /** The data of one event, and the id to resume after where it has one. */
    take: (data: string, id: string | undefined) => {
      const received_at = performance.timeOrigin + performance.now();
      const event = { ...(JSON.parse(data) as Omit<StreamedEvent, 'id' | 'received_at'>), id, received_at };
      if (id !== undefined) lastEventId = id;
      received.push(event);
      for (const one of [...waiting].filter(({ fits }) => fits(event))) {
        waiting.delete(one);
        one.resolve(event);
      }
    },
    end: () => {
      over = true;
      for (const { reject } of waiting) reject(new Error(`the event stream ended; it had ${summary()}`));
      waiting.clear();
    },
    received,
    lastEventId: () => lastEventId,
    waitFor: async (fits: Waiting['fits'], timeoutMs = 10_000) => {
      const known = received.find(fits);
      if (known) return known;
      if (over) throw new Error(`the event stream is over; it had ${summary()}`);
      return await new Promise<StreamedEvent>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(entry);
          reject(new Error(`no such event within ${timeoutMs} ms; there were ${summary()}`));
        }, timeoutMs);
        const entry: Waiting = {
          fits,
          resolve: (event) => {
            clearTimeout(timer);
            resolve(event);
          },
          reject: (error) => {
            clearTimeout(timer);
            reject(error);
          },
        };
        waiting.add(entry);
      });
    },
  };
}
