import type { EngineClock } from './clock.ts'
import type { CompositorName } from './compositor/compositor.ts'
import type { SourceContext } from './sources/source-runner.ts'

/** What an engine is made with besides its link to main. */
export interface EngineOptions {
  clock?: EngineClock
  /** Draws with this one instead of the one that measured best; for benchmarks. */
  forceCompositor?: CompositorName
  /** Acts as if the browser could not encode these (`h264`, `vp8`); for tests. */
  withoutCodecs?: readonly string[]
  /** Begins as after `setSafe(true)`. */
  safe?: boolean
  /** What sources open devices with; absent = the browser's own. */
  devices?: SourceContext['devices']
}
