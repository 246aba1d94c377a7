export { setDue, type DueRow } from './queries.ts';
export { startScheduler, type Fire, type SchedulerOptions } from './scheduler.ts';
