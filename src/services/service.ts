import type { Runtime } from '#app/runtime.ts';

/** Ends a service: no new work, what is under way is finished, and after the deadline dropped. */
export type Stop = (deadlineMs: number) => Promise<void>;

/** Starts a service in this process; resolves when it works. */
export type StartService = (runtime: Runtime) => Promise<Stop>;
