export { setDue, type DueRow } from './queries.ts';
export { startScheduler, type Fire } from './scheduler.ts';
