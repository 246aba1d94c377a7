import type { Recurrence } from './recurrence.ts';
import { firstOnes, type Next } from './rrule-count.ts';
import { instantsOfElapsed } from './rrule-elapsed.ts';
import { instantsOfWalls } from './rrule-in-zone.ts';
import { readRrule, type RruleParts } from './rrule-parts.ts';
import { wallsOfRule } from './rrule-plan.ts';
import { knownZone, lastMoment, momentOf, takenOut } from './rrule-moments.ts';
import { localOf, offsetsEdition } from './zone.ts';

const MOST_REMEMBERED = 1_000;

const remembered = new Map<string, Recurrence>();

/**
 * The instants of a recurrence rule (RFC 5545; see readRrule). Without a DTSTART it starts at `start`, ms since 1970, of
 * which the second counts. Wall-clock times are those of `zone` where the rule names no other. The DTSTART is an
 * instance when it matches the rule, and COUNT counts before EXDATE takes out.
 * @throws RuleError
 */
export function parseRrule(text: string, zone: string, start: number): Recurrence {
  const key = `${offsetsEdition()} ${zone} ${start} ${text}`;
  const known = remembered.get(key);
  if (known) return known;
  const made = recurrenceOf(readRrule(text), zone, start);
  const oldest = remembered.keys().next().value;
  if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, made);
  return made;
}

function recurrenceOf(parts: RruleParts, callersZone: string, made: number): Recurrence {
  const dtstart = parts.dtstart ?? { kind: 'utc', local: Math.floor(made / 1000) * 1000 };
  const zone = dtstart.tzid === undefined ? callersZone : knownZone(dtstart.tzid);
  const start = momentOf(dtstart, zone);
  const next = nextOfRule(parts, zone, start, dtstart.kind === 'utc' ? localOf(zone, start) : dtstart.local);
  const until = lastMoment(parts.until, zone);
  const takesOut = takenOut(parts.exdates, zone);
  const rdates = parts.rdates.map((date) => momentOf(date, zone)).sort((a, b) => a - b);
  const added = rdates.filter((instant) => takesOut(instant) === null);

  function ofRule(from: number): number | null {
    let found = next(Math.max(from, start - 1));
    while (found !== null && found <= until) {
      const gone = takesOut(found);
      if (gone === null) return found;
      found = next(gone);
    }
    return null;
  }

  return {
    next(from) {
      const found = ofRule(from);
      const date = added.find((instant) => instant > from);
      return date !== undefined && (found === null || date < found) ? date : found;
    },
  };
}

/** What the rule itself gives, COUNT included. `local` is the wall clock it starts at, in ms as if in UTC. */
function nextOfRule(parts: RruleParts, zone: string, start: number, local: number): Next {
  const wall = local / 1000;
  const limited = (next: Next) => (parts.count === null ? next : firstOnes(parts.count, next));
  if (parts.freq === 'HOURLY' || parts.freq === 'MINUTELY' || parts.freq === 'SECONDLY') {
    // By its offset a zone's clock is so much further than it was at the start; a start in a gap is after it at once.
    const next = instantsOfElapsed(zone, (offset) =>
      wallsOfRule(parts, wall, (start + offset - local) / 1000),
    );
    return limited((after) => next(Math.max(after, start - 1)));
  }
  const walls = wallsOfRule(parts, wall);
  return instantsOfWalls(
    zone,
    limited((after) => walls.next(after)),
  );
}
