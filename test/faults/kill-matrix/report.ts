import type { Random } from '#test/seeded-random.ts';
import type { Ledger } from './ledger.ts';

export interface KillOptions {
  kills: number;
  /** How many are set at least. */
  reminders: number;
  random: Random;
  /** One line about how far it is. */
  progress: (line: string) => void;
}

export interface KillReport extends Ledger {
  /** By the point where they happened. */
  kills: Record<string, number>;
  minutes: number;
}

/** Tells every ten seconds how far it is; returns what ends that. */
export function tellProgress({ kills, progress }: KillOptions, what: string, done: () => number): () => void {
  const startedAt = performance.now();
  const telling = setInterval(() => {
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    progress(`${seconds} s: ${what} killed ${done()} times of ${kills}`);
  }, 10_000);
  return () => clearInterval(telling);
}

export function summary(name: string, report: KillReport): string {
  const { kills, reminders, instants, lost, fired_twice, missed, late_ms, differences } = report;
  const count = Object.values(kills).reduce((sum, each) => sum + each, 0);
  return [
    `${name}: ${count} kills in ${report.minutes.toFixed(1)} min`,
    `${reminders} reminders, ${instants} instants due`,
    `${lost} lost, ${fired_twice} fired twice, ${missed} told as missed`,
    `late p50 ${late_ms.p50} ms, p99 ${late_ms.p99} ms, at most ${late_ms.max} ms`,
    `Redis: ${report.redis_entries} entries, ${report.redis_duplicates} of them again`,
    `${differences.length} differences`,
  ].join('; ');
}
