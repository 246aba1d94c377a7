/** How a part of the program is: what `/readyz` shows. */
export interface PartHealth {
  ok: boolean;
  /** One line for a person. */
  detail?: string;
}

/** The health of this process's own parts. Each part reports that it is alive; silence for too long is a fault. */
export interface Health {
  /** Registers a part that has not reported yet; `maxSilenceMs` without a report makes it unhealthy. */
  watch(part: string, maxSilenceMs?: number): { alive(detail?: string): void; failed(detail: string): void };
  parts(): Record<string, PartHealth>;
  ok(): boolean;
}

interface Watched {
  maxSilenceMs: number;
  reportedAt: number | undefined;
  detail: string | undefined;
  fault: string | undefined;
}

export function createHealth(now: () => number = () => performance.now()): Health {
  const watched = new Map<string, Watched>();

  function healthOf({ maxSilenceMs, reportedAt, detail, fault }: Watched): PartHealth {
    if (fault !== undefined) return { ok: false, detail: fault };
    if (reportedAt === undefined) return { ok: false, detail: 'starting' };
    const silence = now() - reportedAt;
    if (silence > maxSilenceMs)
      return { ok: false, detail: `no sign of life for ${Math.round(silence / 1000)} s` };
    return detail === undefined ? { ok: true } : { ok: true, detail };
  }

  const parts = () => Object.fromEntries([...watched].map(([part, state]) => [part, healthOf(state)]));
  return {
    watch: (part, maxSilenceMs = Number.POSITIVE_INFINITY) => {
      const state: Watched = { maxSilenceMs, reportedAt: undefined, detail: undefined, fault: undefined };
      watched.set(part, state);
      return {
        alive: (detail) => {
          state.reportedAt = now();
          state.detail = detail;
          state.fault = undefined;
        },
        failed: (detail) => {
          state.fault = detail;
        },
      };
    },
    parts,
    ok: () => Object.values(parts()).every((part) => part.ok),
  };
}
