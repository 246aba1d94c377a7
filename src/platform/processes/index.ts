export { endFamily } from './end-family.ts';
