import type { Encoding } from '@shared/domain/encoding.ts'
import type { Show } from '@shared/domain/show.ts'

/**
 * The engine alone in a page, driven by `e2e/engine/`: no studio around it, packets to a WebSocket of the test.
 * Not part of the product's build.
 */
export interface CheckOptions {
  url: string
  compositor: 'planes' | 'webgl' | '2d' | null
  sources: 'camera+screen' | 'test-pattern' | 'turning' | 'everything'
  /** Shown instead of these sources. */
  show?: Show
  encoding: Partial<Encoding>
  preview: { width: number; height: number } | null
  /** Codecs that the browser is to be without. */
  without?: string[]
}
