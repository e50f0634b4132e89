import { describe, expect, it } from 'vitest'
import { fakeContext } from '../../sources/fake-context.ts'
import { startCamera } from '../../sources/camera.ts'
import { FakeMedia } from './fake-media.ts'
import { LendingDevices } from './lending-devices.ts'

const CAMERA = { kind: 'videoinput', deviceId: 'cam', label: 'Desk Cam', groupId: 'usb-1' } as const
const open = (media: FakeMedia) => media.opened.filter(({ stopped }) => !stopped).length

describe('LendingDevices', () => {
  it('takes a source’s camera, keeps it from being opened, and lets the source have it again', async () => {
    const media = new FakeMedia([CAMERA])
    const lending = new LendingDevices(media as unknown as MediaDevices)
    const { context, log, settle, clock } = fakeContext()
    const source = startCamera(
      { id: 'c', name: 'C', kind: 'camera', deviceId: 'cam', deviceLabel: 'Desk Cam', width: 1280, height: 720, frameRate: 30 }, { ...context, devices: lending },
    )
    media.addEventListener('devicechange', () => source.onDevices())
    await settle()
    expect(open(media)).toBe(1)

    const giveBack = lending.lendCameras()
    expect(open(media)).toBe(0)
    await clock.advance(6000)
    expect(open(media)).toBe(0)
    expect(log.filter((line) => line.startsWith('c '))).toContain('c ended')

    giveBack()
    giveBack()
    await settle()
    expect(open(media)).toBe(1)
    expect(log.at(-1)).toBe('c active "Desk Cam"')
    source.stop()
  })

  it('waits for the last of two borrowers, and leaves microphones alone', async () => {
    const media = new FakeMedia([CAMERA, { kind: 'audioinput', deviceId: 'mic', label: 'Mic', groupId: '' }])
    const lending = new LendingDevices(media as unknown as MediaDevices)
    await lending.getUserMedia({ audio: {} })
    const [first, second] = [lending.lendCameras(), lending.lendCameras()]
    expect(open(media)).toBe(1)
    first()
    await expect(lending.getUserMedia({ video: {} })).rejects.toMatchObject({ name: 'NotReadableError' })
    second()
    await lending.getUserMedia({ video: {} })
    expect(open(media)).toBe(2)
  })

  it('does not let an opening slip through that was under way', async () => {
    const media = new FakeMedia([CAMERA])
    const lending = new LendingDevices(media as unknown as MediaDevices)
    const opening = lending.getUserMedia({ video: {} })
    lending.lendCameras()
    await expect(opening).rejects.toMatchObject({ name: 'NotReadableError' })
    expect(open(media)).toBe(0)
  })
})
