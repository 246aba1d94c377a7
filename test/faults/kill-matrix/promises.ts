/*
 * What was promised, kept beside the program: each reminder's instants as its answers said them. An answer that changes
 * a time says when the reminder had last fired, read under the same lock as the change; so it is known to the instant
 * what of the old time had to come, and what must not.
 */

/** What the API answers for a reminder, as far as a promise goes by it. */
export interface Answered {
  id: string;
  next_fire_at: string | null;
  last_fired_at: string | null;
  snoozed_from: string | null;
  created_at: string;
  payload: { text: string };
}

/** One time of a reminder, until it was changed. */
interface Version {
  /** Ms; null: it has none. */
  first: number | null;
  /** Ms; undefined for a one-time reminder. */
  period: number | undefined;
  /** Once it was changed, ms: when it had last fired by then, null if not yet, and between what moments that was. */
  ended?: { lastFired: number | null; asked: number; answered: number };
}

export interface Promised {
  id: string;
  user: string;
  /** One of these was to be said. */
  texts: string[];
  versions: Version[];
  deleted: boolean;
}

function ms(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}

/** The first instant of a minutely rule after this one, ms. */
export function firstOfMinute(second: number, after: number): number {
  const offset = second * 1_000;
  return Math.floor((after - offset) / 60_000 + 1) * 60_000 + offset;
}

/** Of a reminder just set. */
export function promise(user: string, answer: Answered, first: number, period?: number): Promised {
  const { id, payload } = answer;
  return { id, user, texts: [payload.text], versions: [{ first, period }], deleted: false };
}

/**
 * Its time has ended with this answer: it was paused, cancelled or done, or has another one from now on.
 * @param asked when the request was first sent, ms
 */
export function endVersion(promised: Promised, answer: Answered, asked: number): void {
  const last = promised.versions.at(-1)!;
  last.ended ??= { lastFired: ms(answer.last_fired_at), asked, answered: Date.now() };
}

export function beginVersion(promised: Promised, answer: Answered, period?: number): void {
  promised.versions.push({ first: ms(answer.next_fire_at), period });
}

/** The instants that had to come until `now`, ms, in order. */
export function expectedInstants({ versions, deleted }: Promised, now: number): number[] {
  if (deleted) return [];
  return versions.flatMap(({ first, period, ended }) => {
    const until = ended ? ended.lastFired : now;
    return until === null ? [] : instantsUntil(first, period, until);
  });
}

function instantsUntil(first: number | null, period: number | undefined, until: number): number[] {
  if (first === null || first > until) return [];
  if (period === undefined) return [first];
  return Array.from({ length: Math.floor((until - first) / period) + 1 }, (_, n) => first + n * period);
}

/**
 * The instants that had come and not fired when a change took them away. Of those the program says so: it must of what
 * had come before it was asked, and may of what came until it answered.
 */
export function voidedInstants({ versions, deleted }: Promised): { must: number[]; may: number[] } {
  if (deleted) return { must: [], may: [] };
  const voided = versions.flatMap(({ first, period, ended }) => {
    if (!ended) return [];
    const { lastFired, asked, answered } = ended;
    return instantsUntil(first, period, answered)
      .filter((instant) => lastFired === null || instant > lastFired)
      .map((instant) => ({ instant, asked }));
  });
  return {
    must: voided.flatMap(({ instant, asked }) => (instant < asked ? [instant] : [])),
    may: voided.map(({ instant }) => instant),
  };
}
