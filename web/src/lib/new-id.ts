import { v4 } from 'uuid';

/** A random UUID; unlike `crypto.randomUUID` also where the page came over http from another machine. */
export function newId(): string {
  return v4();
}
