/**
 * Hints between parts of the program, in this process and in others: "something about this topic changed, look".
 * They may be lost, doubled or late; what must not be lost is in a table. Topics: `lane:<scope>`, `due`, `user:<id>`,
 * `turn:<id>` (its reply is over), `cancel:<lane key>`, `delta:<user id>` (the only one with data).
 */
export interface Signals {
  publish(topic: string, data?: string): void;
  publishAll(topics: string[]): void;
  /** Returns the way to unsubscribe. The empty topic hears that hints may have been missed. */
  subscribe(topic: string, listener: (data?: string) => void): () => void;
  /** A payload from another process. */
  receive(payload: string): void;
  /** Everybody looks again: after a lost connection. */
  wakeAll(): void;
}

/** Carries payloads of at most 7,900 bytes to the other processes. */
export type Transport = (payload: string) => Promise<void>;

/** PostgreSQL's NOTIFY takes less than 8,000 bytes. */
const MAX_PAYLOAD_BYTES = 7_900;

function chunks(sender: string, lines: string[]): string[] {
  const payloads: string[] = [];
  let current = sender;
  for (const line of lines) {
    const longer = `${current}\n${line}`;
    if (current !== sender && Buffer.byteLength(longer) > MAX_PAYLOAD_BYTES) {
      payloads.push(current);
      current = `${sender}\n${line}`;
    } else {
      current = longer;
    }
  }
  return [...payloads, current];
}

/** @param sender this process, so that its own payloads are not heard twice */
export function createSignals(sender: string, transport: Transport): Signals {
  const listeners = new Map<string, Set<(data?: string) => void>>();
  // What waits while a payload is on its way: one NOTIFY for many commits, since each costs a commit of its own.
  let waiting = new Set<string>();
  let sending = false;

  function tell(topic: string, data?: string): void {
    for (const listener of listeners.get(topic) ?? []) listener(data);
  }

  async function send(): Promise<void> {
    sending = true;
    while (waiting.size > 0) {
      const lines = [...waiting];
      waiting = new Set();
      for (const payload of chunks(sender, lines)) {
        // A hint that can't be sent is made good by everybody's own polling.
        await transport(payload).catch(() => {});
      }
    }
    sending = false;
  }

  function pass(topic: string, data?: string): void {
    tell(topic, data);
    const line = data === undefined ? topic : `${topic} ${data}`;
    if (Buffer.byteLength(line) + sender.length + 1 > MAX_PAYLOAD_BYTES) return;
    waiting.add(line);
    if (!sending) {
      sending = true;
      setImmediate(() => void send());
    }
  }

  return {
    publish: pass,
    publishAll: (topics) => {
      for (const topic of topics) pass(topic);
    },
    subscribe: (topic, listener) => {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(topic) === set) listeners.delete(topic);
      };
    },
    receive: (payload) => {
      const [from, ...lines] = payload.split('\n');
      if (from === sender) return;
      for (const line of lines) {
        const space = line.indexOf(' ');
        if (space === -1) tell(line);
        else tell(line.slice(0, space), line.slice(space + 1));
      }
    },
    wakeAll: () => {
      for (const [topic, set] of listeners) {
        // Listeners of data have nothing to look up again.
        if (!topic.startsWith('delta:') && !topic.startsWith('cancel:'))
          for (const listener of set) listener();
      }
    },
  };
}
