/** The wall-clock times of a rule in order, whatever the zone. Walls are seconds since 1970 as if in UTC. */
export interface Walls {
  /** The first one strictly after `wall`; null when there is none up to the end of the year 9999. */
  next(wall: number): number | null;
  /** How many periods and days have been looked at, so that tests can hold what a search costs. */
  readonly steps: number;
}
