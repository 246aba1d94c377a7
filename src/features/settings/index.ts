export { readSetting } from './service.ts';
