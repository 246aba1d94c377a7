import { AwsClient } from 'aws4fetch';
import { storedKeys } from './s3-listing.ts';
import { checkKey, noSpace, storageAway, type Storage, type StoredKey } from './storage.ts';

export interface S3Options {
  /** E.g. `https://s3.eu-central-1.amazonaws.com`; the bucket goes into the path. */
  endpoint: string;
  bucket: string;
  region: string;
  access_key_id: string;
  secret_access_key: string;
}

/** How long it may take until the service answers, in ms. */
const ANSWER_MS = 60_000;

/** Objects in a bucket of a service that speaks S3 (AWS, MinIO, Garage, R2 …), addressed by path. */
export function s3Storage(options: S3Options): Storage {
  const { endpoint, bucket, region, access_key_id, secret_access_key } = options;
  const root = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}`;
  const client = new AwsClient({
    accessKeyId: access_key_id,
    secretAccessKey: secret_access_key,
    service: 's3',
    region,
  });

  async function ask(
    method: string,
    path: string,
    body?: { content: AsyncIterable<Uint8Array>; size: number },
  ) {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(new Error('no answer in time')), ANSWER_MS);
    const headers = body && { 'content-length': String(body.size) };
    try {
      // Signed without its body, which is read once only.
      const signed = await client.sign(root + path, { method, ...(headers && { headers }) });
      return await fetch(signed.url, {
        method,
        headers: { ...Object.fromEntries(signed.headers), ...headers },
        signal: silence.signal,
        ...(body && { body: ReadableStream.from(body.content), duplex: 'half' }),
      });
    } catch (error) {
      throw storageAway('the file store does not answer', error);
    } finally {
      clearTimeout(timer);
    }
  }

  async function refused(answer: Response): Promise<never> {
    const said = (await answer.text().catch(() => '')).slice(0, 500);
    if (answer.status === 507) throw noSpace(said);
    throw storageAway(`the file store answered ${answer.status}`, said);
  }

  async function put(key: string, content: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const answer = await ask('PUT', `/${checkKey(key)}`, { content, size });
    if (!answer.ok) await refused(answer);
    await answer.body?.cancel();
  }

  async function get(key: string) {
    const answer = await ask('GET', `/${checkKey(key)}`);
    if (answer.status === 404) {
      await answer.body?.cancel();
      return undefined;
    }
    if (!answer.ok || !answer.body) return await refused(answer);
    return { size: Number(answer.headers.get('content-length')), stream: answer.body };
  }

  async function remove(key: string): Promise<void> {
    const answer = await ask('DELETE', `/${checkKey(key)}`);
    if (!answer.ok && answer.status !== 404) await refused(answer);
    await answer.body?.cancel();
  }

  async function* list(prefix: string): AsyncIterable<StoredKey> {
    let marker = '';
    for (let isCut = true; isCut;) {
      const answer = await ask('GET', `?${new URLSearchParams({ prefix, marker }).toString()}`);
      if (!answer.ok) await refused(answer);
      const page = storedKeys(await answer.text());
      yield* page.keys;
      marker = page.keys.at(-1)?.key ?? '';
      isCut = page.isCut && marker !== '';
    }
  }

  return { put, get, delete: remove, list };
}
