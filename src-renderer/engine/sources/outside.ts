import type { TextFile } from '@shared/contracts/text-files.ts'
import type { SourceOf } from '@shared/domain/source.ts'
import type { TextFiles, WebPages } from './source-runner.ts'

/** What main does for sources, as far as the link has it. */
export interface SourceLink {
  /** The files that the show's texts name, whenever one has changed. */
  onTextFiles?(handler: (files: readonly TextFile[]) => void): () => void
  webPages?: {
    /** Resolves to an id for `getUserMedia`. */
    open(page: SourceOf<'web-page'>): Promise<string>
    close(sourceId: string): void
  }
}

/** Gives each follower its own file, and only when that has changed. */
export class LinkedTextFiles implements TextFiles {
  readonly #files = new Map<string, TextFile>()
  readonly #followers = new Set<{ path: string; told: string; handler: (file: TextFile) => void }>()
  readonly #stop: () => void

  constructor(link: SourceLink) {
    this.#stop = link.onTextFiles?.((files) => this.#take(files)) ?? (() => {})
  }

  follow(path: string, handler: (file: TextFile) => void): () => void {
    const follower = { path, told: '', handler }
    this.#followers.add(follower)
    const known = this.#files.get(path)
    // Not before the caller has its way to stop.
    if (known) queueMicrotask(() => this.#followers.has(follower) && this.#tell(follower, known))
    return () => void this.#followers.delete(follower)
  }

  close(): void {
    this.#stop()
    this.#followers.clear()
  }

  #take(files: readonly TextFile[]): void {
    this.#files.clear()
    for (const file of files) this.#files.set(file.path, file)
    for (const follower of this.#followers) {
      const file = this.#files.get(follower.path)
      if (file) this.#tell(follower, file)
    }
  }

  #tell(follower: { told: string; handler: (file: TextFile) => void }, file: TextFile): void {
    const says = JSON.stringify(file)
    if (follower.told === says) return
    follower.told = says
    follower.handler(file)
  }
}

/** Electron's constraints for capturing a page that the host draws; other browsers do not know them. */
const tabCapture = (chromeMediaSourceId: string, { width, height, frameRate }: SourceOf<'web-page'>): MediaStreamConstraints => ({
  video: { mandatory: { chromeMediaSource: 'tab', chromeMediaSourceId, minWidth: width, maxWidth: width, minHeight: height, maxHeight: height, maxFrameRate: frameRate } } as MediaTrackConstraints,
})

export function linkedWebPages({ webPages }: SourceLink, devices: Pick<MediaDevices, 'getUserMedia'>): WebPages | null {
  if (!webPages) return null
  return {
    open: async (page) => devices.getUserMedia(tabCapture(await webPages.open(page), page)),
    close: (sourceId) => webPages.close(sourceId),
  }
}

/** Reads an image that the show keeps. */
export async function loadImage(assetId: string): Promise<ImageBitmap> {
  const response = await fetch(`assets/${encodeURIComponent(assetId)}`)
  if (!response.ok) throw new Error(`the picture cannot be loaded (${response.status})`)
  return createImageBitmap(await response.blob())
}
