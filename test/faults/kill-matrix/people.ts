import { createClient } from '#test/client.ts';
import { createUserAndToken, type Program } from '#test/program.ts';
import type { Person } from './lives.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];

/** Users of the program, in different zones; their way to it outlives a restart on the same port. */
export async function makePeople(program: Program, count = zones.length): Promise<Person[]> {
  const people: Person[] = [];
  for (const [index, timezone] of zones.slice(0, count).entries()) {
    const user = await createUserAndToken(program, { email: `person${index}@example.test`, timezone });
    people.push({ id: user.id, client: createClient(program, user) });
  }
  return people;
}
