export type { User } from './queries.ts';
export { scopes, systemScopes, userScopes, type Scope } from './scopes.ts';
export {
  createUser,
  findUserByEmail,
  findUserById,
  listUsers,
  type NewUser,
  type UserCreatedHook,
} from './service.ts';
export { createApiToken, createTokenAuthenticator, type NewToken, type TokenCaller } from './tokens.ts';
