export { startFanOut } from './fan-out.ts';
