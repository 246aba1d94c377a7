export { followEvents, streamStart, type Delta } from './follow.ts';
export { lookUntil } from './look-until.ts';
export { pruneEvents } from './queries.ts';
export { createSignals, type Signals } from './signals.ts';
