import { expect, it } from 'vitest'
import { reasonAction } from './reason-action.ts'

it.each([
  ['key-rejected', undefined, ['retry', 'edit'], 'edit'],
  ['key-rejected', undefined, ['retry'], 'retry'],
  ['key-rejected', undefined, [], null],
  ['connection-lost', undefined, ['retry', 'edit'], 'retry'],
  ['connection-lost', undefined, ['edit'], null],
  ['disk-full', undefined, ['settings'], 'settings'],
  ['key-rejected', undefined, ['settings'], null],
  ['stopped', undefined, ['retry', 'edit'], null],
  // The service's own code goes first.
  ['key-rejected', '40000301', ['retry', 'edit'], 'retry'],
  ['connect-rejected', '20406', ['retry', 'edit'], 'retry'],
  ['key-rejected', '40000006', ['retry', 'edit'], 'edit'],
  ['signature-wrong', 'sign-invalid', ['retry', 'edit'], 'edit'],
  ['input-invalid', '40000500', ['retry', 'edit'], 'retry'],
  ['already-publishing', '40000415', ['retry', 'edit'], null],
  ['connection-lost', 'of another service', ['retry', 'edit'], 'retry'],
] as const)('%s %s, can %j: %s', (reason, code, can, action) => {
  expect(reasonAction(reason, code, can)).toBe(action)
})
