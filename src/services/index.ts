import { AppError } from '#platform/errors/index.ts';
import type { StartService } from './service.ts';

/** Loaded only where they run: a process pays for nothing it does not do. */
const services = {
  api: async () => (await import('./api.ts')).startApi,
  assistant: async () => (await import('./assistant.ts')).startAssistant,
  scheduler: async () => (await import('./scheduler.ts')).startSchedulerService,
  courier: async () => (await import('./courier.ts')).startCourier,
} satisfies Record<string, () => Promise<StartService>>;

export type ServiceName = keyof typeof services;

export const serviceNames = Object.keys(services) as ServiceName[];

/** The services asked for, all without a wish. @throws AppError 'services.unknown' */
export function chooseServices(wanted: string[] | undefined): ServiceName[] {
  if (!wanted || wanted.length === 0) return serviceNames;
  const unknown = wanted.filter((name) => !(name in services));
  if (unknown.length > 0) {
    throw new AppError({
      code: 'services.unknown',
      kind: 'invalid',
      message: `There is no service ${unknown.join(', ')}; there are ${serviceNames.join(', ')}`,
    });
  }
  return serviceNames.filter((name) => wanted.includes(name));
}

export async function loadService(name: ServiceName): Promise<StartService> {
  return await services[name]();
}
