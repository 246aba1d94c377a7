export { openAlerts } from './queries/alerts.ts';
export { selectFacts, type Facts } from './queries/facts.ts';
export { clearAlert, raiseAlert, tellPassing, type NewAlert } from './raise.ts';
export { clearUnstuck, raiseStuck } from './stuck-schedules.ts';
export { countAlerts } from './tally.ts';
