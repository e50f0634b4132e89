import { expect, test } from '@playwright/test'
import { request } from 'node:http'
import { WebSocket } from 'ws'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'

/** The port of the browser host is open to every program and every web page on this computer: what they get is 403. */

interface Answer {
  status: number
  body: string
  headers: Record<string, string | string[] | undefined>
}

function ask(port: number, path: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => { body += chunk })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

function upgrade(port: number, path: string, headers: Record<string, string>): Promise<number | 'open'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    socket.on('open', () => { socket.terminate(); resolve('open') })
    socket.on('unexpected-response', (_request, response) => { socket.terminate(); resolve(response.statusCode ?? 0) })
    socket.on('error', () => {})
  })
}

let studio: SteeredStudio
let port = 0
let cookie = ''
let address = ''
test.beforeAll(async () => {
  studio = await SteeredStudio.start(patternShow({ width: 320, height: 180 }))
  address = await studio.studio.address()
  port = Number(new URL(address).port)
  const opened = await ask(port, `${new URL(address).pathname}${new URL(address).search}`)
  cookie = String(opened.headers['set-cookie']).split(';')[0] ?? ''
  expect(String(opened.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/)
})
test.afterAll(() => studio.close())

test('with the cookie the page is served, under a strict policy and isolated', async () => {
  const { status, body, headers } = await ask(port, '/', { headers: { cookie } })
  expect(status).toBe(200)
  expect(body).toContain('<!doctype html')
  expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'")
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
})

test('without the cookie, with a wrong one, or with a used token there is nothing', async () => {
  expect((await ask(port, '/')).status).toBe(403)
  expect((await ask(port, '/', { headers: { cookie: `${cookie}x` } })).status).toBe(403)
  expect((await ask(port, `${new URL(address).pathname}${new URL(address).search}`)).status).toBe(403)
  expect((await ask(port, '/open?token=')).status).toBe(403)
})

test('another name for this computer and another page’s request are refused', async () => {
  expect((await ask(port, '/', { headers: { cookie, host: `localhost:${port}` } })).status).toBe(403)
  expect((await ask(port, '/', { headers: { cookie, host: 'rebound.example.com' } })).status).toBe(403)
  expect((await ask(port, '/', { headers: { cookie, origin: 'https://example.com' } })).status).toBe(403)
  expect((await ask(port, '/', { method: 'POST', headers: { cookie } })).status).toBe(403)
})

test('nothing outside of the page is served', async () => {
  for (const path of ['/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/assets/../../package.json', '/..\\package.json', '/assets/%00', '//etc/passwd', '/package.json', '/assets/../secrets.json']) {
    const { status, body } = await ask(port, path, { headers: { cookie } })
    expect([403, 404], path).toContain(status)
    expect(body, path).not.toContain('castwright"')
  }
})

test('a connection needs the cookie and our own origin', async () => {
  const origin = `http://127.0.0.1:${port}`
  const path = '/rpc?page=0123456789ab'
  expect(await upgrade(port, path, { origin })).toBe(403)
  expect(await upgrade(port, path, { cookie })).toBe(403)
  expect(await upgrade(port, path, { cookie, origin: 'https://example.com' })).toBe(403)
  expect(await upgrade(port, '/other', { cookie, origin })).toBe(403)
  expect(await upgrade(port, '/program?page=aaaaaaaaaaaa', { cookie, origin })).toBe(403)
  expect(await upgrade(port, path, { cookie, origin })).toBe('open')
})

test('only the loopback listens', async () => {
  const { networkInterfaces } = await import('node:os')
  const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []).filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address: other } of others) {
    await expect(new Promise((resolve, reject) => {
      request({ host: other, port, timeout: 2000 }, resolve).on('error', reject).on('timeout', () => reject(new Error('no answer'))).end()
    })).rejects.toThrow()
  }
})

test('the page itself runs without errors and is cross-origin isolated', async () => {
  expect(await studio.page.evaluate('globalThis.crossOriginIsolated')).toBe(true)
  expect(new URL(studio.page.url()).search).toBe('')
  expect(studio.browser.problems).toEqual([])
})
