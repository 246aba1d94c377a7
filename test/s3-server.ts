import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesUnder } from './files-under.ts';

interface S3Server {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}
// It has no types.
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => S3Server;

/** A service that speaks S3, with one empty bucket. */
export async function startS3() {
  const directory = await mkdtemp(join(tmpdir(), 'famulus-s3-'));
  const bucket = 'files';
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket }],
  });
  const { port } = await server.run();
  const options = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    region: 'us-east-1',
    access_key_id: 'S3RVER',
    secret_access_key: 'S3RVER',
  };
  return {
    options,
    env: {
      S3_ENDPOINT: options.endpoint,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY_ID: options.access_key_id,
      S3_SECRET_ACCESS_KEY: options.secret_access_key,
    },
    /** What is in the bucket, beside what the server keeps of it. */
    keys: async () => (await filesUnder(join(directory, bucket))).filter((path) => path.endsWith('_object')),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}
