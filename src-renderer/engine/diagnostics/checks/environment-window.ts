import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { DisplayFacts, EnvironmentParts } from './environment-parts.ts'
import { type Abilities, MANDATORY, OPTIONAL } from './read-abilities.ts'
import type { GraphicsFacts } from './read-graphics.ts'

/** Pixels of the page that the studio's window is laid out for. */
const NEEDED = { width: 1024, height: 600 } as const
/** Names of renderers that are programs: SwiftShader (Chromium), llvmpipe and softpipe (Mesa), WARP (Windows). */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|microsoft basic render|\bwarp\b/i

/** Screen, scale, language and browser. */
export const environmentDisplay = ({ display }: Pick<EnvironmentParts, 'display'>) =>
  diagnostic({ name: 'environment.display', group: 'environment', uses: 'nothing', timeoutMs: 5000, perform: async () => judgeDisplay(display()) })

export function judgeDisplay(facts: DisplayFacts): FindingOf<'environment.display'> {
  const { width, height, scale, locale, browser } = facts
  const small = width < NEEDED.width || height < NEEDED.height
  return {
    status: small ? 'warn' : 'pass', code: small ? 'small' : 'told', params: { width, height, scale, locale, browser },
    data: { ...facts, languages: [...facts.languages], browserVersion: /[\d.]+$/.exec(browser)?.[0] ?? '' },
  }
}

/** Graphics card or processor. */
export const environmentGraphics = ({ graphics }: Pick<EnvironmentParts, 'graphics'>) =>
  diagnostic({ name: 'environment.graphics', group: 'environment', uses: 'nothing', timeoutMs: 15_000, perform: async () => judgeGraphics(await graphics()) })

export function judgeGraphics(facts: GraphicsFacts): FindingOf<'environment.graphics'> {
  const software = SOFTWARE.test(`${facts.vendor} ${facts.renderer}`)
  const data = { ...facts, software, hardwareAcceleration: facts.webGl2 && !software }
  if (!facts.webGl2) return { status: 'fail', code: 'no-webgl', data }
  const params = { renderer: (facts.renderer || facts.vendor || '?').slice(0, 200) }
  return software ? { status: 'warn', code: 'software', params, data } : { status: 'pass', code: 'good', params, data }
}

/** What the page is built on. */
export const environmentApis = ({ abilities }: Pick<EnvironmentParts, 'abilities'>) =>
  diagnostic({ name: 'environment.apis', group: 'environment', uses: 'nothing', timeoutMs: 5000, perform: async () => judgeAbilities(abilities()) })

export function judgeAbilities(abilities: Abilities): FindingOf<'environment.apis'> {
  const [mandatory, optional] = [MANDATORY.filter((name) => !abilities[name]), OPTIONAL.filter((name) => !abilities[name])]
  const data = { has: [...MANDATORY, ...OPTIONAL].filter((name) => abilities[name]), missing: [...mandatory, ...optional] }
  if (mandatory.length > 0) return { status: 'fail', code: 'mandatory-missing', params: { missing: mandatory.join(', ') }, data }
  // The studio does without them, so there is nothing to warn of.
  if (optional.length > 0) return { status: 'pass', code: 'optional-missing', params: { missing: optional.join(', ') }, data }
  return { status: 'pass', code: 'all', data }
}
