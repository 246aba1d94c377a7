import { toolType } from './contract.ts';

const MAX_LENGTH = 64;

function tidy(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]+/g, '_').replaceAll(/^_+|_+$/g, '');
}

/**
 * What models know a server's tool by: `<server>_<tool>`, as every provider takes it, and not what `isTaken`. Names of
 * built-in tools, present and to come, are none.
 */
export function toolName(server: string, remote: string, isTaken: (name: string) => boolean): string {
  const whole = `${tidy(server)}_${tidy(remote) || 'tool'}`;
  const reserved: readonly string[] = toolType.options;
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : `_${number}`;
    const name = `${whole.slice(0, MAX_LENGTH - ending.length)}${ending}`;
    if (!isTaken(name) && !reserved.includes(name)) return name;
  }
}
