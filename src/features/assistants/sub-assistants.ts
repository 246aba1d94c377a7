/** One assistant may ask another through a tool. */
export interface Asking {
  from: string;
  to: string;
}

/** Whether `added` would let an assistant end up asking itself. `existing` has no circle. */
export function closesCircle(existing: Asking[], added: Asking): boolean {
  const reached = new Set<string>();
  const waiting = [added.to];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (current === added.from) return true;
    if (reached.has(current)) continue;
    reached.add(current);
    for (const { from, to } of existing) if (from === current) waiting.push(to);
  }
  return false;
}
