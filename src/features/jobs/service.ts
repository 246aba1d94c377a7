import { record } from '#features/activity/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { endItem, retryItem, type ItemName, type LaneHandler } from '#platform/lanes/index.ts';
import type { Job } from './contract.ts';
import { selectJob, type JobRecord } from './queries.ts';

const priorities = ['high', 'normal', 'low'] as const;

/** A job as the API shows it. */
export function present({ position: _, priority, ...job }: JobRecord): Job {
  return { id: `${job.lane}:${job.seq}`, ...job, priority: priorities[priority] };
}

function notFound(): AppError {
  return new AppError({ code: 'jobs.not_found', kind: 'not_found', message: 'There is no such job' });
}

function nameOf(id: string): ItemName {
  const { key, seq } = /^(?<key>[a-z_]+:.+):(?<seq>\d{1,15})$/s.exec(id)?.groups ?? {};
  if (key === undefined || seq === undefined) throw notFound();
  return { key, seq: Number(seq) };
}

const messages = {
  'job.retried': 'An admin had a job tried again',
  'job.cancelled': 'An admin cancelled a job',
  'job.parked': 'An admin parked a job',
} as const;

/** Whoever did it has it in their log, and so has the user whose job it is. */
async function tell(tx: Tx, admin: string, type: keyof typeof messages, job: JobRecord): Promise<void> {
  const { lane, seq, kind, user_id } = job;
  const entry = {
    type,
    message: messages[type],
    subject: `job:${lane}:${seq}`,
    metadata: { lane, seq, kind },
  };
  await record(tx, { ...entry, user_id: admin, actor: 'user' });
  if (user_id !== null && user_id !== admin) await record(tx, { ...entry, user_id, actor: 'system' });
}

/** What admins do with jobs. None of it touches one that a worker holds. */
export function createJobs(database: Database, handlerOf: (kind: string) => LaneHandler | undefined) {
  async function readJob({ key, seq }: ItemName): Promise<JobRecord> {
    const found = await selectJob(database.system, key, seq);
    if (!found) throw notFound();
    return found;
  }

  async function end(admin: string, id: string, status: 'cancelled' | 'parked'): Promise<Job> {
    const name = nameOf(id);
    const job = await readJob(name);
    await database.asSystem(async (tx) => {
      await endItem(tx, name, status, `${status} by an admin`, handlerOf);
      await tell(tx, admin, `job.${status}`, job);
    });
    return present(await readJob(name));
  }

  return {
    cancel: async (admin: string, id: string) => await end(admin, id, 'cancelled'),
    park: async (admin: string, id: string) => await end(admin, id, 'parked'),
    /** Answers it as it is enqueued anew, under its new id. */
    retry: async (admin: string, id: string): Promise<Job> => {
      const name = nameOf(id);
      const job = await readJob(name);
      const again = await database.asSystem(async (tx) => {
        const renamed = await retryItem(tx, name, handlerOf);
        await tell(tx, admin, 'job.retried', { ...job, seq: renamed.seq });
        return renamed;
      });
      return present(await readJob(again));
    },
  };
}
