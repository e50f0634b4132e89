import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { StudioError } from '@shared/domain/errors.ts'
import { socketFailure } from '../../outputs/rtmp/rtmp-reasons.ts'

const MAX_BODY = 64 * 1024

export interface JsonRequest {
  url: string
  method?: 'GET' | 'POST'
  /** Sent as `Authorization: Bearer`; empty for none. */
  token?: string
  /** Sent as JSON. */
  body?: unknown
  /** Also the whole time it may take. */
  signal: AbortSignal
}

export interface JsonAnswer {
  status: number
  body: unknown
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The server's IP address. */
  ip: string
}

/**
 * Asks for a small piece of JSON and takes no more than 64 KiB. Redirects are not followed: a token is for one server.
 * Rejects with a StudioError (how it could not be reached; `protocol-error` for what is no JSON or does not end), or with the
 * signal's reason.
 */
export function askForJson({ url, method = 'GET', token = '', body: sent, signal }: JsonRequest): Promise<JsonAnswer> {
  return new Promise((resolve, reject) => {
    const text = sent === undefined ? '' : JSON.stringify(sent)
    const headers = { accept: 'application/json', ...(method === 'POST' && { 'content-length': `${Buffer.byteLength(text)}` }), ...(text !== '' && { 'content-type': 'application/json' }), ...(token !== '' && { authorization: `Bearer ${token}` }) }
    const request = (url.startsWith('https:') ? requestHttps : requestHttp)(url, { method, headers, signal, agent: false, maxHeaderSize: 16 * 1024 }, (response) => {
      let body = ''
      const ip = response.socket.remoteAddress ?? ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        body += text
        if (body.length > MAX_BODY) request.destroy(new StudioError('protocol-error', `an answer of more than ${MAX_BODY} bytes`))
      })
      response.on('error', onError)
      response.on('end', () => {
        const parsed = readJson(body)
        if (parsed === undefined) reject(new StudioError('protocol-error', 'the answer is no JSON'))
        else resolve({ status: response.statusCode ?? 0, body: parsed, headers: response.headers, ip })
      })
    })
    const onError = (error: Error): void => reject(signal.aborted ? signal.reason : isParseError(error) ? new StudioError('protocol-error', 'the answer is no HTTP') : socketFailure('connecting', error, false))
    request.on('error', onError).end(text)
  })
}

/** null of nothing, undefined of what is no JSON. */
function readJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return undefined
  }
}

const isParseError = (error: Error & { code?: string }): boolean => error.code?.startsWith('HPE_') ?? false
