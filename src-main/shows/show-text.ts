import { StudioError } from '@shared/domain/errors.ts'
import { show, SHOW_VERSION, type Show } from '@shared/domain/show.ts'
import { firstProblem } from '../base/json-store-problem.ts'

/**
 * Reads the text of a show file. References to devices that are gone are kept: the engine shows them as missing.
 * Throws StudioError `show-broken` (not JSON, or not a show at all), `show-newer` or `show-invalid`, with what is
 * wrong as evidence.
 */
export function parseShow(text: string): Show {
  const parsed = readJson(text.startsWith('\uFEFF') ? text.slice(1) : text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new StudioError('show-broken', 'there is no show in it')
  const version: unknown = 'version' in parsed ? parsed.version : undefined
  if (typeof version !== 'number') throw new StudioError('show-broken', 'there is no version in it')
  if (version > SHOW_VERSION) throw new StudioError('show-newer', `its version is ${version}; this Castwright knows versions up to ${SHOW_VERSION}`)
  const checked = show.safeParse(parsed)
  if (!checked.success) throw new StudioError('show-invalid', firstProblem(checked.error))
  return checked.data
}

export function showText(value: Show): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** A name that every file system takes, ending in `.castwright.json` or another ending. */
export function showFileName(name: string, ending = '.castwright.json'): string {
  // eslint-disable-next-line no-control-regex
  const plain = name.replace(/[\u0000-\u001F<>:"/\\|?*\u007F]+/g, ' ').replace(/\s+/g, ' ').replace(/^[\s.]+|[\s.]+$/g, '').slice(0, 80)
  return `${plain || 'show'}${ending}`
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // Only the place: the message also quotes the text.
    const place = /position \d+(?: \(line \d+ column \d+\))?/.exec(error instanceof Error ? error.message : '')
    throw new StudioError('show-broken', place ? `it is not JSON, at ${place[0]}` : 'it is not JSON', { cause: error })
  }
}
