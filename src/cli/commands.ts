import type { Command } from './command.ts';

/** Every command by its words; loaded only when it is asked for. */
export const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./start.ts')).start,
  stop: async () => (await import('./stop.ts')).stop,
  restart: async () => (await import('./restart.ts')).restart,
  status: async () => (await import('./status.ts')).status,
  logs: async () => (await import('./logs.ts')).logs,
  chat: async () => (await import('./chat.ts')).chat,
  'user create': async () => (await import('./user-create.ts')).userCreate,
  'user reset-link': async () => (await import('./user-reset-link.ts')).userResetLink,
  'token create': async () => (await import('./token-create.ts')).tokenCreate,
  'keys status': async () => (await import('./keys-status.ts')).keysStatus,
  'keys rotate': async () => (await import('./keys-rotate.ts')).keysRotate,
  'keys change-secret': async () => (await import('./keys-change-secret.ts')).keysChangeSecret,
  'keys forget': async () => (await import('./keys-forget.ts')).keysForget,
  build: async () => (await import('./build.ts')).build,
  migrate: async () => (await import('./migrate.ts')).migrate,
  upgrade: async () => (await import('./upgrade.ts')).upgrade,
  doctor: async () => (await import('./doctor.ts')).doctor,
  test: async () => (await import('./test.ts')).test,
  bench: async () => (await import('./bench.ts')).bench,
};
