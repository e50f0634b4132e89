import { readFile } from 'node:fs/promises'
import { secretsOfToken } from '@shared/domain/addresses/http-authorization.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { samePlace } from '@shared/domain/same-place.ts'
import { REASONS_EN } from '@shared/texts/reasons.en.ts'
import { systemCode } from '../base/atomic-file.ts'
import { readRunAddress } from '../settings/run-destinations.ts'
import { UsageError } from './usage.ts'

export interface AddressSources {
  env: Readonly<Record<string, string | undefined>>
  /** All of standard input. */
  readInput: () => Promise<string>
  readText?: (path: string) => Promise<string>
}

/**
 * Turns what `--to` was given into addresses, keys included, each checked. `@FILE`, `env:NAME` and `-` keep keys out
 * of the process list, which everybody on the computer can read. Throws UsageError; its text quotes no address.
 */
export async function resolveAddresses(given: readonly string[], sources: AddressSources): Promise<string[]> {
  const addresses: string[] = []
  for (const value of given) addresses.push(...(await resolve(value, sources)))
  return addresses
}

/** Two broadcasts to one place would push each other out. Throws UsageError; its text quotes no address. */
export function refuseDuplicates(addresses: readonly string[]): void {
  const targets = addresses.map(readRunAddress)
  const isDouble = targets.some((each, index) => targets.slice(0, index).some((before) => samePlace(before, each)))
  if (isDouble) throw new UsageError('--to: the same address and key are given twice; a server takes one broadcaster per key.')
}

/** Every key, token and passphrase in these addresses, so that nothing ever prints one. */
export function secretsIn(addresses: readonly string[]): string[] {
  return addresses.map(readRunAddress).flatMap(({ key, passphrase }) => [...secretsOfToken(key), passphrase]).filter((each) => each !== '')
}

async function resolve(value: string, sources: AddressSources): Promise<string[]> {
  if (value === 'rehearsal') return [value]
  if (value === '-') return checkAll(await sources.readInput(), 'standard input')
  if (value.startsWith('@')) return checkAll(await readText(value.slice(1), sources), `the file ${value.slice(1)}`)
  if (value.startsWith('env:')) {
    const name = value.slice('env:'.length)
    const text = sources.env[name]
    if (!text) throw new UsageError(`--to env:${name}: there is no environment variable ${name}.`)
    return checkAll(text, `the environment variable ${name}`)
  }
  return [check(value, '--to')]
}

async function readText(path: string, { readText: read = (from) => readFile(from, 'utf8') }: AddressSources): Promise<string> {
  try {
    return await read(path)
  } catch (error) {
    throw new UsageError(`--to @${path}: the file cannot be read (${systemCode(error) || 'unknown'}).`)
  }
}

/** One address per line; empty lines and lines that begin with # do not count. */
function checkAll(text: string, where: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  if (lines.length === 0) throw new UsageError(`--to: there is no address in ${where}.`)
  return lines.map((line) => check(line, `--to, in ${where}`))
}

function check(address: string, where: string): string {
  try {
    readRunAddress(address)
    return address
  } catch (error) {
    const { reason, evidence } = StudioError.from(error)
    throw new UsageError(`${where}: ${REASONS_EN[reason].says} (${evidence}) ${REASONS_EN[reason].advice}`)
  }
}
