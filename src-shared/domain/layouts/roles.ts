import type { SourceKind } from '../source.ts'
import type { Participant } from './participants.ts'

/** Source ids of those who play a part in the presets; absent = nobody does yet. */
export interface Roles {
  /** What is taught from, or played. */
  screen?: string
  camera?: string
  secondCamera?: string
}

const SCREENS: readonly SourceKind[] = ['screen', 'slideshow', 'web-page', 'scene']
const CAMERAS: readonly SourceKind[] = ['camera', 'test-pattern']

/** The first screen and the first two cameras, by kind first (a screen before a slideshow, a camera before a test pattern), then as they joined. */
export function rolesOf(present: readonly Participant[]): Roles {
  const byKind = (kinds: readonly SourceKind[]): string[] => kinds.flatMap((kind) => present.filter((each) => each.source.kind === kind).map((each) => each.source.id))
  const [screen] = byKind(SCREENS)
  const [camera, secondCamera] = [...new Set(byKind(CAMERAS))]
  return { ...(screen !== undefined && { screen }), ...(camera !== undefined && { camera }), ...(secondCamera !== undefined && { secondCamera }) }
}
