import { Agent, request as httpRequest } from 'node:http';

import { oneOf } from '#test/fuzz/choose.ts';
import { knownIds, requestSource, type FuzzRequest } from '#test/fuzz/requests.ts';
import { operationsOf, type OpenApi } from '#test/open-api.ts';
import { seededRandom } from '#test/seeded-random.ts';

export interface FuzzOptions {
  url: string;
  document: OpenApi;
  /** Who asks: each request is one of these, or nobody. */
  tokens: () => string[];
  seed: number;
  requests: number;
  /** How many are under way at once. */
  concurrency: number;
  /** Called after each answer with how many there have been. */
  onProgress?: (done: number) => void | Promise<void>;
}

/** An answer that breaks the contract, with what led to it. */
export interface Fault {
  /** Which request it was, counted from 0. */
  number: number;
  what: string;
  request: string;
}

export interface FuzzReport {
  seed: number;
  requests: number;
  /** Answers by status; 0: the connection broke. */
  statuses: Record<number, number>;
  /** Answers that were not refused, by operation: an operation without any was never really tried. */
  accepted: Record<string, number>;
  faults: Fault[];
}

interface Answer {
  status: number;
  contentType: string;
  body: string;
}

const ANSWER_MS = 60_000;

/** Sends one request and reads its answer; of an event stream only that it began. */
async function send(agent: Agent, url: URL, { method, path, headers, body }: FuzzRequest): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { agent, host: url.hostname, port: url.port, method, path, headers, timeout: ANSWER_MS },
      (incoming) => {
        const contentType = incoming.headers['content-type'] ?? '';
        const status = incoming.statusCode ?? 0;
        if (contentType === 'text/event-stream') {
          resolve({ status, contentType, body: '' });
          outgoing.destroy();
          return;
        }
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => (text += chunk));
        incoming.on('end', () => resolve({ status, contentType, body: text }));
        incoming.on('error', reject);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${ANSWER_MS / 1_000} s`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** What is wrong with an answer; undefined when nothing is. */
function faultOf({ status, contentType, body }: Answer, request: FuzzRequest): string | undefined {
  if (status >= 500) return `${status} ${body.slice(0, 300)}`;
  if (status < 400 || request.method === 'HEAD') return undefined;
  if (!contentType.startsWith('application/problem+json')) return `${status} as ${contentType}`;
  const problem = JSON.parse(body) as Record<string, unknown>;
  const lacks = ['type', 'title', 'status', 'code', 'detail', 'request_id'].filter(
    (name) => !(name in problem),
  );
  if (lacks.length > 0) return `${status} without ${lacks.join(', ')}`;
  return /\bat \S+ \(|node:internal|node_modules|\.ts:\d/.test(body)
    ? `a stack trace: ${body.slice(0, 300)}`
    : undefined;
}

function described({ method, path, headers, body }: FuzzRequest): string {
  return JSON.stringify({ method, path, headers, body: body?.subarray(0, 1_000).toString('utf8') });
}

/** Sends requests made from the document and notes every answer that breaks the contract. The seed brings them back. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { url, document, tokens, seed, requests, concurrency, onProgress } = options;
  const random = seededRandom(seed);
  const ids = knownIds();
  const next = requestSource(document, operationsOf(document), ids, random);
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const report: FuzzReport = { seed, requests, statuses: {}, accepted: {}, faults: [] };
  const target = new URL(url);
  let begun = 0;
  let done = 0;

  async function worker(): Promise<void> {
    while (begun < requests) {
      const number = begun++;
      const request = next();
      const token = random.between(0, 25) === 0 ? undefined : oneOf(random, tokens());
      if (token !== undefined) request.headers['authorization'] = `Bearer ${token}`;
      let status = 0;
      let fault: string | undefined;
      try {
        const answer = await send(agent, target, request);
        status = answer.status;
        fault = faultOf(answer, request);
        if (status < 400) {
          const { operationId } = request.operation;
          report.accepted[operationId] = (report.accepted[operationId] ?? 0) + 1;
          ids.note(request.operation, answer.body);
        }
      } catch (error) {
        fault = error instanceof Error ? error.message : String(error);
      }
      report.statuses[status] = (report.statuses[status] ?? 0) + 1;
      if (fault !== undefined) report.faults.push({ number, what: fault, request: described(request) });
      done += 1;
      await onProgress?.(done);
    }
  }

  try {
    await Promise.all(Array.from({ length: concurrency }, worker));
  } finally {
    agent.destroy();
  }
  return report;
}
