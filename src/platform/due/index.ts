export { setDue, setManyDue, type DueRow } from './queries.ts';
export { startScheduler, type Fire } from './scheduler.ts';
