/** Times within a day, an hour or a minute, in seconds since it began, ascending. */
export interface Times {
  count: number;
  /** The time at a position from 0, which is less than `count`. */
  at(position: number): number;
  /** The first one from `second` on; null when there is none. */
  firstFrom(second: number): number | null;
}

/** All that these hours, minutes and seconds make together; never listed, as they may be 86,400. */
export function clockTimes(
  hours: readonly number[],
  minutes: readonly number[],
  seconds: readonly number[],
): Times {
  const hour = ascending(hours);
  const minute = ascending(minutes);
  const second = ascending(seconds);
  const nextHour = nextTable(hour);
  const nextMinute = nextTable(minute);
  const nextSecond = nextTable(second);
  const firstSecond = second[0] ?? 0;
  const firstOfHour = (minute[0] ?? 0) * 60 + firstSecond;

  return {
    count: hour.length * minute.length * second.length,
    at(position) {
      const inHour = minute.length * second.length;
      const h = hour[Math.floor(position / inHour)] ?? 0;
      const m = minute[Math.floor((position % inHour) / second.length)] ?? 0;
      return h * 3600 + m * 60 + (second[position % second.length] ?? 0);
    },
    firstFrom(from) {
      const h = Math.floor(from / 3600);
      const m = Math.floor(from / 60) % 60;
      if (nextHour[h] === h) {
        if (nextMinute[m] === m) {
          const s = nextSecond[from % 60];
          if (s !== undefined) return from - (from % 60) + s;
        }
        const later = nextMinute[m + 1];
        if (later !== undefined) return h * 3600 + later * 60 + firstSecond;
      }
      const later = nextHour[h + 1];
      return later === undefined ? null : later * 3600 + firstOfHour;
    },
  };
}

/** Just these. */
export function listedTimes(times: readonly number[]): Times {
  const sorted = ascending(times);
  return {
    count: sorted.length,
    at: (position) => sorted[position] ?? 0,
    firstFrom: (second) => sorted.find((time) => time >= second) ?? null,
  };
}

/** Sorted, each once. */
export function ascending(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** At each number the first of the list that is not less; nothing after its last. */
function nextTable(sorted: readonly number[]): number[] {
  const table: number[] = [];
  for (const number of sorted) {
    while (table.length <= number) table.push(number);
  }
  return table;
}
