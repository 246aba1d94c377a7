export type { User } from './queries.ts';
export { userScopes } from './scopes.ts';
export { createUser, findUserByEmail, findUserById, listUsers, type NewUser } from './service.ts';
export { createApiToken, createTokenAuthenticator, revokeApiToken } from './tokens.ts';
