import { StillPicture } from './still-picture.ts'

/** A calm card for a source that is away: dark, a few words, nothing moving. */
export function placeholderPicture(text: string): StillPicture {
  const canvas = new OffscreenCanvas(640, 360)
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('no 2D canvas')
  context.fillStyle = '#1b1e24'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.strokeStyle = '#343a46'
  context.lineWidth = 4
  context.strokeRect(2, 2, canvas.width - 4, canvas.height - 4)
  context.fillStyle = '#8b93a3'
  context.font = '28px system-ui, sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(text, canvas.width / 2, canvas.height / 2, canvas.width - 60)
  return new StillPicture(canvas, true)
}
