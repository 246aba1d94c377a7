export { fileStorage } from './file-storage.ts';
export { s3Storage } from './s3-storage.ts';
export type { Storage } from './storage.ts';
