import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

it('begins at once when nobody else is at it, and waits for whoever is', async () => {
  const turns = new Turns()
  const log: string[] = []
  let finish: () => void = () => {}
  const first = turns.take(async () => {
    log.push('first begins')
    await new Promise<void>((resolve) => { finish = resolve })
    log.push('first ends')
  })
  expect(log).toEqual(['first begins'])
  const second = turns.take(async () => void log.push('second'))
  await Promise.resolve()
  expect(log).toEqual(['first begins'])
  finish()
  await Promise.all([first, second])
  expect(log).toEqual(['first begins', 'first ends', 'second'])
  void turns.take(async () => void log.push('alone again'))
  expect(log.at(-1)).toBe('alone again')
})

it('goes on after one that failed, and tells whoever asked for it', async () => {
  const turns = new Turns()
  const failing = turns.take(() => Promise.reject(new Error('lost')))
  const next = turns.take(async () => 'drawn')
  await expect(failing).rejects.toThrow('lost')
  expect(await next).toBe('drawn')
})
