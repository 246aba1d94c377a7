import { offsetByIntl, type OffsetSource } from './zone-offsets.ts';
import { createZoneTable, type Transition, type ZoneTable } from './zone-table.ts';

/** More than there are zones, with some in another spelling. */
const MOST_ZONES = 700;

const tables = new Map<string, ZoneTable>();
let source: OffsetSource = offsetByIntl;
let edition = 0;

/** A zone's offsets, by its name as given: an alias or another case is a table of its own. */
export function zoneTable(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known) return known;
  const made = createZoneTable(zone, source);
  const oldest = tables.keys().next().value;
  if (tables.size >= MOST_ZONES && oldest !== undefined) tables.delete(oldest);
  tables.set(zone, made);
  return made;
}

/** How far `zone` is ahead of UTC at an instant, in ms. */
export function offsetAt(zone: string, instantMs: number): number {
  return zoneTable(zone).offsetAt(instantMs);
}

/** The wall-clock time in `zone` at an instant, as ms since 1970 as if it were UTC. */
export function localOf(zone: string, instantMs: number): number {
  return instantMs + zoneTable(zone).offsetAt(instantMs);
}

/**
 * The instant of a wall-clock time given as ms since 1970 as if it were UTC. In a gap the offset before it counts, in
 * an overlap the first pass (RFC 5545 3.3.5; Temporal's 'compatible').
 */
export function instantOf(zone: string, localMs: number): number {
  return zoneTable(zone).instantOf(localMs);
}

/** The changes of offset after `fromMs` up to and including `toMs`, in order. A span costs 0.3 ms a year the first time. */
export function transitionsBetween(zone: string, fromMs: number, toMs: number): Transition[] {
  return zoneTable(zone).transitionsBetween(fromMs, toMs);
}

/** Goes up whenever what is known of all zones is forgotten. */
export function offsetsEdition(): number {
  return edition;
}

/** Takes other offsets than the runtime's, as a changed time zone database would have; without `other`, those again. */
export function useOffsets(other: OffsetSource = offsetByIntl): void {
  source = other;
  edition += 1;
  tables.clear();
}
