export type { Message } from './contract.ts';
export { loadTurns } from './jobs.ts';
export { speak } from './speak.ts';
