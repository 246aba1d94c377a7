import { connect } from 'node:net';

export interface RawAnswer {
  /** Of the last answer that came: 100 Continue is none. */
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
}

const PAUSE_MS = 20;
const TIMEOUT_MS = 10_000;

/**
 * Writes `parts` to the server as they are, one after the other, and reads what comes until the server closes the
 * connection; so ask for that, where it would not by itself.
 */
export async function rawHttp(port: number, ...parts: (string | Buffer)[]): Promise<RawAnswer> {
  const text = await new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no end of an answer')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(chunks).toString()));
    void writeSlowly(parts, async (part) => {
      socket.write(part);
      await new Promise((next) => setTimeout(next, PAUSE_MS));
    });
  });
  return parse(text.replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, ''));
}

async function writeSlowly(
  parts: (string | Buffer)[],
  write: (part: string | Buffer) => Promise<void>,
): Promise<void> {
  for (const part of parts) await write(part);
}

function parse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  return { status: Number(start.split(' ')[1]), headers, body: text.slice(end + 4) };
}
