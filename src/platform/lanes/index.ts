export { RetryIn, type LaneHandler, type Lease } from './handlers.ts';
export { hurryLane } from './hurry.ts';
export { liveWorkers, pruneLanes, requestCancel, tellClockOffset, type ClaimedItem } from './queries.ts';
export type { ItemResult } from './run-item.ts';
export { endItem, retryItem, type ItemName, type ItemStatus } from './manage.ts';
export { openWorkerSession, type WorkerSession } from './session.ts';
export { startLaneWorker, type LaneWorker, type LaneWorkerOptions } from './worker.ts';
