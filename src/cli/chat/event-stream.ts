import { setTimeout as delay } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import type { Api } from './api.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

export interface StreamEvent {
  type: string;
  payload: Record<string, unknown>;
}

export interface EventStreamOptions {
  api: Pick<Api, 'open'>;
  onEvent(event: StreamEvent): void;
  /** After every connection: what happened before it may have been missed. */
  onOpen(): void;
  signal: AbortSignal;
}

/** Follows the user's live events, over restarts of the server too, until aborted. */
export async function followEventStream({ api, onEvent, onOpen, signal }: EventStreamOptions): Promise<void> {
  let lastEventId: string | undefined;
  let pause = FIRST_PAUSE_MS;
  const parser = createParser({
    onEvent: ({ id, data }) => {
      lastEventId = id ?? lastEventId;
      onEvent(JSON.parse(data) as StreamEvent);
    },
  });
  while (!signal.aborted) {
    try {
      const resume: Record<string, string> =
        lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const response = await api.open('/api/events', resume);
      pause = FIRST_PAUSE_MS;
      onOpen();
      const decoder = new TextDecoder();
      for await (const chunk of response.body!) parser.feed(decoder.decode(chunk, { stream: true }));
    } catch {
      // Away, or cut off: the requests of the chat say so where it matters.
    }
    parser.reset();
    await delay(pause, undefined, { signal }).catch(() => {});
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}
