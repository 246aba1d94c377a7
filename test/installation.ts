import { createClient, type Client } from '#test/client.ts';
import { freePort } from '#test/free-port.ts';
import {
  createUserAndToken,
  removeDataDir,
  startedDataDir,
  startProgram,
  type Exit,
  type Program,
  type TestUser,
  type TestUserOptions,
} from '#test/program.ts';

/** How Famulus is spread over processes. The first process of each shape is the one that runs PostgreSQL. */
const processesOf = {
  'one process': [['api', 'assistant', 'scheduler', 'courier']],
  'several processes': [['assistant'], ['api'], ['scheduler', 'courier']],
} as const satisfies Record<string, readonly (readonly string[])[]>;

export type Shape = keyof typeof processesOf;

export const shapes = Object.keys(processesOf) as Shape[];

/** A user's way to the API. */
export interface Person extends TestUser {
  client: Client;
}

/** Famulus on one data directory, in one of its shapes. */
export interface Installation extends AsyncDisposable {
  dataDir: string;
  /** Where the API is, also after a restart. */
  url: string;
  /** The process that runs this service now. */
  running(service: string): Program;
  /** Starts the process of this service again, once it has ended, on the same port. */
  startAgain(service: string): Promise<void>;
  /** SIGTERM to every process, in the order they were started. */
  stopAll(): Promise<Exit[]>;
  startAll(): Promise<void>;
  person(options?: TestUserOptions): Promise<Person>;
}

export async function install(shape: Shape, env: Record<string, string> = {}): Promise<Installation> {
  const dataDir = await startedDataDir();
  const parts: { services: readonly string[]; port: number; program?: Program }[] = [];
  for (const services of processesOf[shape]) parts.push({ services, port: await freePort() });

  const partOf = (service: string) => parts.find(({ services }) => services.includes(service))!;
  async function startPart(part: (typeof parts)[number]): Promise<void> {
    const { services, port } = part;
    part.program = await startProgram({ dataDir, services, port, env });
  }
  async function startAll(): Promise<void> {
    for (const part of parts) await startPart(part);
  }
  async function stopAll(): Promise<Exit[]> {
    const exits: Exit[] = [];
    for (const { program } of parts) if (program) exits.push(await program.stop());
    return exits;
  }

  await startAll();
  const url = `http://127.0.0.1:${partOf('api').port}`;
  return {
    dataDir,
    url,
    running: (service) => partOf(service).program!,
    startAgain: async (service) => await startPart(partOf(service)),
    stopAll,
    startAll,
    person: async (options) => {
      const user = await createUserAndToken(partOf('api').program!, options);
      return { ...user, client: createClient({ url }, user) };
    },
    [Symbol.asyncDispose]: async () => {
      await stopAll();
      await removeDataDir(dataDir);
    },
  };
}
