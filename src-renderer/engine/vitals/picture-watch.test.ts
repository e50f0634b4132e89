import { describe, expect, it } from 'vitest'
import { PictureWatch, type ReadableFrame } from './picture-watch.ts'

interface Look {
  luma?: number
  odd?: number
  format?: string | null
  width?: number
  height?: number
}

/** A frame of one brightness, with one pixel of each line of another. */
function frame({ luma = 120, odd = luma, format = 'I420', width = 64, height = 48 }: Look = {}): ReadableFrame {
  return {
    format,
    visibleRect: { x: 0, y: 0, width, height },
    async copyTo(target, { rect }) {
      expect(rect).toMatchObject({ x: 0, width, height: 2 })
      expect(rect.y % 2).toBe(0)
      expect(rect.y + 2).toBeLessThanOrEqual(height)
      target.fill(luma, 0, width * 8)
      target[0] = odd
      target[1] = odd
      return [{ offset: 0, stride: width }]
    },
  }
}

function rig() {
  let nowMs = 0
  const watch = new PictureWatch(() => nowMs)
  return { watch, look: async (made: ReadableFrame, arrived = true) => { nowMs += 1000; await watch.look('cam', made, arrived) }, of: () => watch.of('cam') }
}

describe('PictureWatch', () => {
  it('says nothing of what it has not looked at', () => {
    expect(rig().of()).toBeUndefined()
  })

  it('counts how long every sample stays as it is, and begins anew with one that changes', async () => {
    const { look, of } = rig()
    for (let s = 0; s < 6; s++) await look(frame())
    expect(of()).toEqual({ stillForMs: 5000, blackForMs: 0, luma: 120 })
    await look(frame({ odd: 121 }))
    expect(of()?.stillForMs).toBe(0)
  })

  it('takes a camera that gives no frames for one that stands still', async () => {
    const { look, of } = rig()
    await look(frame())
    await look(frame({ odd: 5 }), false)
    await look(frame({ odd: 6 }), false)
    expect(of()?.stillForMs).toBe(2000)
    await look(frame({ odd: 7 }))
    expect(of()?.stillForMs).toBe(0)
  })

  it('counts how long there is nothing to see, moving or not', async () => {
    const { look, of } = rig()
    for (let s = 0; s < 4; s++) await look(frame({ luma: 16, odd: 16 + s }))
    expect(of()).toMatchObject({ blackForMs: 3000, stillForMs: 0 })
    await look(frame({ luma: 40 }))
    expect(of()?.blackForMs).toBe(0)
  })

  it.each(['RGBA', 'BGRX'])('measures %s on the same scale', async (format) => {
    const { look, of } = rig()
    await look(frame({ format, luma: 0 }))
    expect(of()?.luma).toBe(16)
    await look(frame({ format, luma: 255 }))
    expect(of()?.luma).toBe(235)
  })

  it('is not misled by another size', async () => {
    const { look, of } = rig()
    await look(frame())
    await look(frame({ width: 128 }))
    await look(frame({ width: 64 }))
    expect(of()?.stillForMs).toBe(0)
  })

  it('does not judge what it cannot read, nor a frame that was closed meanwhile', async () => {
    const { look, of } = rig()
    await look(frame({ format: null }))
    expect(of()).toBeUndefined()
    await look(frame())
    await look({ ...frame(), copyTo: async () => { throw new DOMException('closed', 'InvalidStateError') } })
    expect(of()).toBeUndefined()
    await look({ ...frame(), visibleRect: null })
    expect(of()).toBeUndefined()
  })
})
