import type { PictureSink } from './sources/source-runner.ts'
import type { ToWorker } from './worker/messages.ts'

/** Where the sources' pictures go: to the engine's worker, without a copy. */
export function pictureSink(post: (message: ToWorker, transfer?: Transferable[]) => void, nameOf: (sourceId: string) => string): PictureSink {
  return {
    feed(sourceId, track) {
      const frames = new MediaStreamTrackProcessor({ track: track as MediaStreamVideoTrack, maxBufferSize: 2 }).readable
      post({ type: 'feed', sourceId, frames }, [frames])
    },
    still: (sourceId, bitmap, opaque) => post({ type: 'still', sourceId, bitmap, opaque }, [bitmap]),
    scroll: (sourceId, bitmap, { opaque, ...way }) => post({ type: 'scroll', sourceId, bitmap, opaque, way }, [bitmap]),
    fade: (sourceId, bitmap, opaque, lengthMs) => post({ type: 'fade', sourceId, bitmap, opaque, lengthMs }, [bitmap]),
    drawing(sourceId, width, height, strokes) {
      post({ type: 'drawing', sourceId, width, height })
      if (strokes.length > 0) post({ type: 'draw', sourceId, change: { kind: 'all', strokes } })
    },
    pattern: (sourceId) => post({ type: 'pattern', sourceId }),
    away: (sourceId) => post({ type: 'away', sourceId, text: nameOf(sourceId) }),
    remove: (sourceId) => post({ type: 'remove', sourceId }),
  }
}
