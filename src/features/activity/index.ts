export { record, type NewActivity } from './service.ts';
