import type { IncomingMessage } from 'node:http';
import { AppError } from '#platform/errors/index.ts';

/** The most a JSON body may have, in bytes. */
const BODY_LIMIT = 1024 * 1024;

/** How much of a refused body is still taken in before the answer, in bytes and milliseconds. */
const DRAIN_LIMIT = 64 * 1024 * 1024;
const DRAIN_MS = 30_000;

/**
 * The JSON in a request's body; undefined when there is no body.
 * @throws AppError 415 for another content type, 413 above `BODY_LIMIT`, 400 for what is no JSON
 */
export async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const bytes = await readBody(incoming);
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new AppError({
      code: 'request.bad_json',
      kind: 'malformed',
      message: 'the body is not valid JSON',
      cause,
    });
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const announced = Number(incoming.headers['content-length'] ?? 0);
  const chunked = incoming.headers['transfer-encoding'] !== undefined;
  if (announced === 0 && !chunked) return Buffer.alloc(0);
  requireJson(incoming);
  if (announced > BODY_LIMIT) throw tooLarge();
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) return void chunks.push(chunk);
      incoming.off('data', onData);
      reject(tooLarge());
    };
    incoming.on('data', onData);
    incoming.once('end', () => resolve(Buffer.concat(chunks)));
    incoming.once('error', reject);
    incoming.once('close', () =>
      reject(new AppError({ code: 'request.aborted', kind: 'malformed', message: 'the client went away' })),
    );
  });
}

/**
 * Reads and drops what the client still sends. Many send all before they read, and lose an answer that comes
 * earlier to the reset that follows when the connection is closed.
 */
export async function drain(incoming: IncomingMessage): Promise<void> {
  if (incoming.complete || incoming.destroyed) return;
  await new Promise<void>((resolve) => {
    let size = 0;
    const timer = setTimeout(resolve, DRAIN_MS);
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > DRAIN_LIMIT) resolve();
    });
    for (const event of ['end', 'error', 'close']) incoming.once(event, resolve);
    incoming.once('close', () => clearTimeout(timer));
    incoming.resume();
  });
}

function requireJson({ headers }: IncomingMessage): void {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').split(';').map((part) => part.trim());
  // JSON has no parameters, and those that somebody adds say nothing of it (RFC 8259, 11): but a charset would.
  const isUtf8 = parameters.every(
    (part) => !/^charset\b/i.test(part) || /^charset\s*=\s*"?utf-8"?$/i.test(part),
  );
  const isJson = /^application\/json$/i.test(type) && isUtf8;
  const isPlain =
    (headers['content-encoding'] ?? 'identity') === 'identity' &&
    (headers['transfer-encoding'] ?? 'chunked').toLowerCase() === 'chunked';
  if (isJson && isPlain) return;
  throw new AppError({
    code: 'request.unsupported_media',
    kind: 'unsupported_media',
    message: isJson ? 'compressed bodies are not read' : 'send JSON with content-type: application/json',
  });
}

function tooLarge(): AppError {
  const message = `the body is larger than ${BODY_LIMIT} bytes`;
  return new AppError({ code: 'request.too_large', kind: 'too_large', message });
}
