export type { User } from './queries.ts';
export type { UsersOptions } from './feature.ts';
export { createUser, findUserByEmail, findUserById, listUsers, type NewUser } from './service.ts';
