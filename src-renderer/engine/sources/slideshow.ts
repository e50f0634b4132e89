import type { Source, SourceOf } from '@shared/domain/source.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

type Slideshow = SourceOf<'slideshow'>

/** Puts a picture into the show's box. */
export type FitPicture = (picture: ImageBitmap, box: { width: number; height: number }) => ImageBitmap

/** Pictures one after the other, each faded into the next; what cannot be loaded is left out. */
export function startSlideshow(initial: Slideshow, context: SourceContext, fit: FitPicture = fitPicture): SourceRunner {
  let source = initial
  let run = 0
  let order: string[] = []
  let at = 0
  let callOff = (): void => {}

  const stop = (): void => {
    run++
    callOff()
  }

  /** Shows the next one that can be loaded. */
  const step = async (first: boolean): Promise<void> => {
    const mine = run
    for (let tried = 0; tried < source.assetIds.length; tried++) {
      if (at >= order.length) {
        if (!source.loop && !first) return
        order = nextRound(source, order.at(-1), context.random)
        at = 0
      }
      const assetId = order[at++] ?? ''
      const picture = await context.images.load(assetId).catch(() => null)
      if (mine !== run) return picture?.close()
      if (!picture) continue
      const boxed = fit(picture, source)
      picture.close()
      if (first) context.pictures.still(source.id, boxed, false)
      else context.pictures.fade(source.id, boxed, false, Math.min(source.fadeMs, source.everyMs))
      context.tell(source.id, { condition: 'active' })
      if (source.assetIds.length > 1) callOff = context.clock.after(source.everyMs, () => void step(false))
      return
    }
    context.pictures.away(source.id)
    context.tell(source.id, source.assetIds.length === 0 ? { condition: 'missing', evidence: '' } : { condition: 'failed', evidence: 'no picture of it can be loaded' })
  }

  const begin = async (): Promise<void> => {
    stop()
    order = nextRound(source, undefined, context.random)
    at = 0
    await step(true)
  }

  context.tell(source.id, { condition: 'starting' })
  void begin()
  return {
    update(next: Source) {
      if (next.kind !== 'slideshow') return false
      const before = source
      source = next
      // How fast and how soft counts from the next picture on; what is shown stays.
      if (!sameShow(before, next)) void begin()
      return true
    },
    restart: begin,
    onDevices() {},
    stop,
  }
}

/** The pictures in the order of one round; by chance, none follows itself. */
export function nextRound({ assetIds, order }: Pick<Slideshow, 'assetIds' | 'order'>, last: string | undefined, random: () => number): string[] {
  const round = [...assetIds]
  if (order === 'in-order') return round
  for (let end = round.length - 1; end > 0; end--) {
    const chosen = Math.floor(random() * (end + 1))
    const swapped = round[end] as string
    round[end] = round[chosen] as string
    round[chosen] = swapped
  }
  if (round.length > 1 && round[0] === last) round.push(round.shift() as string)
  return round
}

const sameShow = (a: Slideshow, b: Slideshow): boolean =>
  a.assetIds.join() === b.assetIds.join() && a.order === b.order && a.loop === b.loop && a.width === b.width && a.height === b.height

function fitPicture(picture: ImageBitmap, { width, height }: { width: number; height: number }): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas')
  const scale = Math.min(width / picture.width, height / picture.height)
  const [w, h] = [picture.width * scale, picture.height * scale]
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h)
  return canvas.transferToImageBitmap()
}
