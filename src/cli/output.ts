/** A line of progress or an error, for the person at the terminal. Results go to stdout, these never do. */
export function note(text: string): void {
  process.stderr.write(`famulus: ${text}\n`);
}

/** A line of the command's result. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
