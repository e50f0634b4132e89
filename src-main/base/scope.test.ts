import { describe, expect, it } from 'vitest'
import { Scope } from './scope.ts'

describe('Scope', () => {
  it('closes what it owns once, newest first, and tells the first failure at the end', async () => {
    const closed: string[] = []
    const scope = new Scope()
    scope.add(() => closed.push('oldest'))
    scope.add(() => Promise.reject(new Error('no')))
    scope.own({ close: () => closed.push('newest') })
    await expect(Promise.all([scope.close(), scope.close()])).rejects.toThrow('no')
    expect(closed).toEqual(['newest', 'oldest'])
    expect(scope.signal.aborted).toBe(true)
  })

  it('closes with its parent, and a failure then ends no process', async () => {
    const unhandled: unknown[] = []
    const onUnhandled = (reason: unknown) => void unhandled.push(reason)
    process.on('unhandledRejection', onUnhandled)
    const parent = new AbortController()
    const scope = new Scope(parent.signal)
    scope.add(() => Promise.reject(new Error('no')))
    parent.abort('over')
    expect(scope.signal.reason).toBe('over')
    await new Promise((resolve) => setImmediate(resolve))
    expect(unhandled).toEqual([])
    await expect(scope.close()).rejects.toThrow('no')
    process.off('unhandledRejection', onUnhandled)
  })
})
