import { type WallClockRule, wallClockRule } from './cron-expression.ts';
import { firstInstant } from './cron-instants.ts';
import { RuleError, type Recurrence } from './recurrence.ts';
import type { ZoneTable } from './zone-table.ts';
import { offsetsEdition, zoneTable } from './zone.ts';

/** RFC 3339 has no other years. */
const FIRST_SECOND = Date.parse('0001-01-01T00:00:00Z');
const LAST_SECOND = Date.parse('9999-12-31T23:59:59Z');

const MOST_PARSED = 5_000;

/**
 * What was parsed or asked for last, and what before that: when the first is full it takes the place of the second. To
 * delete the oldest of one Map again and again costs more than parsing, for it looks past all that were deleted before.
 */
let parsed = new Map<string, Recurrence>();
let before = new Map<string, Recurrence>();
let edition = offsetsEdition();

/**
 * A cron expression in a zone: five fields, or six with the seconds first, or a nickname. Besides lists, ranges (22-2
 * too), steps and names there are `L`, `L-n`, `LW` and `nW` for the day of the month, `nL`, `n#k` and `n#L` for the day
 * of the week, `?` for either, and `+` before the day of the week for days that are both. Two day fields that both say
 * something else than `*` or `?` mean either.
 *
 * A time in a gap of less than three hours comes at the first instant after it, once for all of them; in an overlap its
 * first pass counts. With a minute or hour that starts with `*` every real match counts, and nothing else.
 * @throws RuleError that says which field is wrong and what is allowed
 */
export function parseCron(expression: string, zone: string): Recurrence {
  if (edition !== offsetsEdition()) {
    edition = offsetsEdition();
    parsed.clear();
    before.clear();
  }
  const key = `${zone} ${expression}`;
  const known = parsed.get(key);
  if (known) return known;
  const made = before.get(key) ?? recurrence(wallClockRule(expression), tableOf(zone));
  if (parsed.size >= MOST_PARSED / 2) {
    before = parsed;
    parsed = new Map();
  }
  parsed.set(key, made);
  return made;
}

function tableOf(zone: string): ZoneTable {
  try {
    return zoneTable(zone);
  } catch (error) {
    if (error instanceof RangeError) throw new RuleError(`"${zone}" is no time zone`, { cause: error });
    throw error;
  }
}

/** How many answers a recurrence remembers: those of a list of the next few, and of the catch-up after it. */
const MOST_ANSWERS = 4;

function recurrence(rule: WallClockRule, zone: ZoneTable): Recurrence {
  /** From `from` until just before `next` the answer is `next`; from `from` on, when there is none. */
  const answers: { from: number; next: number | null }[] = [];
  let oldest = 0;

  function compute(from: number): number | null {
    const start = Math.max(Math.floor(from / 1_000) * 1_000 + 1_000, FIRST_SECOND);
    if (!(start <= LAST_SECOND)) return null;
    const next = firstInstant(rule, zone, start);
    return next !== null && next <= LAST_SECOND ? next : null;
  }

  return {
    next: (from) => {
      for (const answer of answers) {
        if (from >= answer.from && (answer.next === null || from < answer.next)) return answer.next;
      }
      const next = compute(from);
      answers[oldest] = { from, next };
      oldest = (oldest + 1) % MOST_ANSWERS;
      return next;
    },
  };
}
