import { join } from 'node:path';
import { fileStorage, s3Storage, type Storage } from '#platform/storage/index.ts';
import type { Config } from './config.ts';

/** Where users' files are kept: the service that is configured, else the data directory. */
export function openStorage({ files, dataDirectory }: Pick<Config, 'files' | 'dataDirectory'>): Storage {
  const { endpoint, bucket, region, access_key_id, secret_access_key } = files;
  // Whoever names an endpoint has to name the rest.
  return endpoint && bucket && access_key_id && secret_access_key
    ? s3Storage({ endpoint, bucket, region, access_key_id, secret_access_key })
    : fileStorage({ directory: join(dataDirectory, 'files') });
}
