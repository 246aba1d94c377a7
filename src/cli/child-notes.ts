import { followLines } from './follow-lines.ts';

/** How a process begins what it says to people, among the lines of its log. */
const NOTE = 'famulus: ';

/** Returns a function that gives what a process has said to people in its log since the last call, without the log. */
export function followNotes(log: string, from: number): () => Promise<string[]> {
  const read = followLines(log, from);
  return async () => notesIn(await read());
}

/** A note goes on over the indented lines behind it. */
export function notesIn(lines: string[]): string[] {
  const notes: string[] = [];
  let inNote = false;
  for (const line of lines) {
    if (line.startsWith(NOTE)) notes.push(line.slice(NOTE.length));
    else if (inNote && line.startsWith('  ')) notes.push(`${notes.pop()}\n${line}`);
    inNote = line.startsWith(NOTE) || (inNote && line.startsWith('  '));
  }
  return notes;
}
