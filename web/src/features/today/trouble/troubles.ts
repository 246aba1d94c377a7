import type { activityEntry } from '#features/activity/contract.ts';
import type { job } from '#features/jobs/contract.ts';
import type { occurrenceOfReminder } from '#features/reminders/contract.ts';
import type { Wire } from '#web/lib/wire.ts';

export type FailedOccurrence = Wire<typeof occurrenceOfReminder>;
export type ErrorEntry = Wire<typeof activityEntry>;
export type ParkedJob = Wire<typeof job>;

/** Something that went wrong, from wherever it is known. */
export type Trouble = { key: string; at: string } & (
  | { about: 'occurrence'; occurrence: FailedOccurrence }
  | { about: 'activity'; entry: ErrorEntry }
  | { about: 'job'; job: ParkedJob }
);

interface Sources {
  occurrences: readonly FailedOccurrence[];
  entries: readonly ErrorEntry[];
  jobs: readonly ParkedJob[];
  /** Keys of what the user wants to see no more. */
  dismissed: ReadonlySet<string>;
}

/** Everything that went wrong, latest first, without what was dismissed. */
export function troublesOf({ occurrences, entries, jobs, dismissed }: Sources): Trouble[] {
  const all: Trouble[] = [
    ...occurrences.map((occurrence) => ({
      key: `occurrence:${occurrence.id}`,
      at: occurrence.until ?? occurrence.due_at,
      about: 'occurrence' as const,
      occurrence,
    })),
    ...entries.map((entry) => ({
      key: `activity:${entry.id}`,
      at: entry.created_at,
      about: 'activity' as const,
      entry,
    })),
    ...jobs.map((parked) => ({
      key: `job:${parked.id}`,
      at: parked.finished_at ?? parked.enqueued_at,
      about: 'job' as const,
      job: parked,
    })),
  ];
  return all.filter(({ key }) => !dismissed.has(key)).toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
