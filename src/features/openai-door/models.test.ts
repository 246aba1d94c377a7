import { expect, test } from 'vitest';
import { modelNames } from './models.ts';

const created_at = new Date('2026-12-01T00:00:00Z');
const named = (id: string, name: string, is_secretary = false) => ({ id, name, is_secretary, created_at });

function namesOf(...assistants: ReturnType<typeof named>[]): [string, string][] {
  return [...modelNames(assistants)].map(([name, { id }]) => [name, id]);
}

test('each assistant is a model by its name, the secretary also by that', () => {
  expect(namesOf(named('a', 'Jeeves', true), named('b', 'My  Travel Agent!'))).toEqual([
    ['secretary', 'a'],
    ['jeeves', 'a'],
    ['my-travel-agent', 'b'],
  ]);
});

test('names are unique: the oldest has the plain one, and nobody else is the secretary', () => {
  expect(
    namesOf(named('a', 'Cook'), named('b', 'cook'), named('c', 'Secretary'), named('d', 'Me', true)),
  ).toEqual([
    ['secretary', 'd'],
    ['cook', 'a'],
    ['cook-2', 'b'],
    ['secretary-2', 'c'],
    ['me', 'd'],
  ]);
});

test('a secretary who is called so is one model', () => {
  expect(namesOf(named('a', 'Secretary', true))).toEqual([['secretary', 'a']]);
});

test('names are in any script; without a letter the id is the name', () => {
  expect(namesOf(named('a', 'Помощник №1'), named('b', '🤖'))).toEqual([
    ['помощник-1', 'a'],
    ['b', 'b'],
  ]);
});
