import { AsyncLocalStorage } from 'node:async_hooks';

/** What every line logged inside `withLogContext` says about where it came from. */
export interface LogContext {
  request_id?: string;
  user_id?: string;
  lane?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `work` so that every line it logs, also after awaiting, carries `context` and what surrounds it. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, work);
}

/** The present context, as a copy: pino writes into what it is given. */
export function logContext(): LogContext {
  return { ...storage.getStore() };
}
