import { once } from 'node:events';
import { WebSocket } from 'ws';

/** What Node is started with for `liveHeap` to reach it. */
export function inspectable(port: number): { NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` };
}

/** What is in use of a process's heap once all garbage is collected, in MB (Chrome DevTools Protocol). */
export async function liveHeap(port: number): Promise<number> {
  const list = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await list.json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target!.webSocketDebuggerUrl);
  await once(socket, 'open');
  try {
    let id = 0;
    const ask = async <T>(method: string): Promise<T> => {
      socket.send(JSON.stringify({ id: ++id, method }));
      const [answer] = (await once(socket, 'message')) as [Buffer];
      return (JSON.parse(answer.toString()) as { result: T }).result;
    };
    await ask('HeapProfiler.collectGarbage');
    const { usedSize } = await ask<{ usedSize: number }>('Runtime.getHeapUsage');
    return usedSize / 1e6;
  } finally {
    socket.close();
  }
}
