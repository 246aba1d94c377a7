import { serviceNames, type ServiceName } from '#app/service-names.ts';
import type { StartService } from './service.ts';

/** Loaded only where they run: a process pays for nothing it does not do. */
const services = {
  api: async () => (await import('./api.ts')).startApi,
  assistant: async () => (await import('./assistant.ts')).startAssistant,
  scheduler: async () => (await import('./scheduler.ts')).startSchedulerService,
  courier: async () => (await import('./courier.ts')).startCourier,
} satisfies Record<ServiceName, () => Promise<StartService>>;

/** The services asked for, in the order they start; all without a wish. */
export function chooseServices(wanted: readonly ServiceName[] | undefined): ServiceName[] {
  return serviceNames.filter((name) => !wanted || wanted.length === 0 || wanted.includes(name));
}

export async function loadService(name: ServiceName): Promise<StartService> {
  return await services[name]();
}
