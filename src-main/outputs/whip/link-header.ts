import type { IceServer } from '@shared/contracts/whip.ts'

/** One link of a `Link` field (RFC 8288 §3): its target and its parameters, names in lower case. */
interface Link {
  target: string
  parameters: ReadonlyMap<string, string>
}

/** More than this in one answer is no list of servers. */
const MAX_SERVERS = 32

/**
 * The STUN and TURN servers that a server names (RFC 9725 §4.6): `rel="ice-server"`, in their order. `fields` are the
 * values of all `Link` headers; each may itself be a list. Other relations, other credential types than passwords, and
 * TURN servers without credentials are left out: RTCPeerConnection would throw on them.
 */
export function iceServersOf(fields: readonly string[]): IceServer[] {
  return fields.flatMap(parseLinks).flatMap(iceServerOf).slice(0, MAX_SERVERS)
}

function iceServerOf({ target, parameters }: Link): IceServer[] {
  const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/)
  if (!relations.includes('ice-server')) return []
  const scheme = /^(stuns?|turns?):[^\s]+$/i.exec(target)?.[1]?.toLowerCase()
  if (!scheme) return []
  if (scheme.startsWith('stun')) return [{ urls: [target] }]
  const username = parameters.get('username')
  const credential = parameters.get('credential')
  const type = parameters.get('credential-type')?.toLowerCase() ?? 'password'
  if (type !== 'password' || username === undefined || credential === undefined) return []
  return [{ urls: [target], username, credential }]
}

/** Reads as much of one field as can be read: what follows a mistake is skipped up to the next comma outside of quotes. */
function parseLinks(field: string): Link[] {
  return splitOutsideQuotes(field, ',').flatMap((text) => {
    const [, target, rest = ''] = /^\s*<([^>]*)>(.*)$/s.exec(text) ?? []
    if (target === undefined) return []
    const parameters = new Map<string, string>()
    for (const parameter of splitOutsideQuotes(rest, ';')) {
      const [, name, value = ''] = /^\s*([\w!#$&+\-.^`|~*]+)\s*(?:=\s*(.*?)\s*)?$/s.exec(parameter) ?? []
      // The first one counts (RFC 8288 §3.3).
      if (name !== undefined && !parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), unquoted(value))
    }
    return [{ target: target.trim(), parameters }]
  })
}

/** Neither what stands in quotes, with its escapes, nor what stands in angle brackets is split. */
function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = []
  let part = ''
  let within: 'nothing' | 'quotes' | 'brackets' = 'nothing'
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (within === 'nothing' && character === separator) {
      parts.push(part)
      part = ''
      continue
    }
    part += character
    if (within === 'quotes' && character === '\\') part += text.charAt(++at)
    else if (character === '"' && within !== 'brackets') within = within === 'quotes' ? 'nothing' : 'quotes'
    else if (character === '<' && within === 'nothing') within = 'brackets'
    else if (character === '>' && within === 'brackets') within = 'nothing'
  }
  return [...parts, part]
}

function unquoted(value: string): string {
  const [, inside] = /^"(.*)"$/s.exec(value) ?? []
  return inside === undefined ? value : inside.replaceAll(/\\(.)/gs, '$1')
}
