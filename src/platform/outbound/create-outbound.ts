import { parseAllowList } from './allow-list.ts';
import { guardedConnector, resolveWithSystem, type Resolve } from './connector.ts';
import { fetchWithin, type Client, type OutboundLimits } from './fetch-within.ts';

/** As the Fetch standard has it; give it to a library that takes a `fetch`. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The way out for every address that a user or a model can choose. */
export interface Outbound {
  /**
   * Fetches over http or https from public addresses and those the operator allows; every redirect is checked like the
   * first address, and takes no headers to another origin. A body that is sent is held in memory.
   *
   * @throws AppError `outbound.refused` (nothing was connected to), `.unreachable`, `.timeout`, `.too_large` or
   * `.redirect`; reading the body does, too. What `signal` was aborted with, when it was.
   */
  fetch: Fetch;
  /** The same with other limits. */
  within(limits: Partial<OutboundLimits>): Fetch;
  /** Ends what is open. */
  close(): Promise<void>;
}

export interface OutboundOptions {
  /** `OUTBOUND_ALLOW`, see `parseAllowList`. */
  allow?: readonly string[];
  /** Default: as the rest of the machine does it. */
  resolve?: Resolve;
  /** Of a name's look-up, and again of a connection. Default 10,000. */
  connect_ms?: number;
}

const defaults: OutboundLimits = { total_ms: 30_000, max_bytes: 10 * 1024 * 1024, max_redirects: 5 };

/** @throws TypeError when `allow` is not right */
export function createOutbound({
  allow = [],
  resolve = resolveWithSystem,
  connect_ms = 10_000,
}: OutboundOptions = {}): Outbound {
  const doorkeeper = { allow: parseAllowList(allow), resolve, connect_ms };
  let client: Promise<Client> | undefined;
  // Loaded when something goes out for the first time: most processes start without it.
  const loadClient = async (): Promise<Client> => {
    const { Agent, buildConnector, fetch } = await import('undici');
    return { agent: new Agent({ connect: guardedConnector(buildConnector, doorkeeper) }), fetch };
  };
  const within = (limits: Partial<OutboundLimits>): Fetch => {
    const whole = { ...defaults, ...limits };
    return async (input, init) => await fetchWithin(await (client ??= loadClient()), whole, input, init);
  };
  return {
    fetch: within({}),
    within,
    close: async () => {
      const opened = client;
      client = undefined;
      await (await opened)?.agent.destroy();
    },
  };
}
