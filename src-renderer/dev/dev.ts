import { config } from 'zod'
import { DEFAULT_APPEARANCE } from '@shared/domain/appearance.ts'
import { mountStudio } from '../app/mount-studio.ts'
import { systemPageClock } from '../base/page-clock.ts'
import { FakeBridge } from './fake-bridge.ts'
import { FakeEngine } from './fake-engine.ts'
import { SCENARIOS } from './scenarios.ts'

// `dev.html?scenario=live&language=zh-CN&theme=light&contrast=more&density=compact&text=200`: the whole window in one state, with nothing behind it.
config({ jitless: true })
const query = new URLSearchParams(location.search)
const scenario = SCENARIOS[query.get('scenario') ?? '']

if (scenario) {
  const language = query.get('language') === 'zh-CN' ? 'zh-CN' : 'en'
  const theme = query.get('theme') === 'light' ? 'light' : 'dark'
  const appearance = { ...DEFAULT_APPEARANCE, contrast: query.get('contrast') === 'more' ? 'more' : query.get('contrast') === 'system' ? 'system' : 'usual', density: query.get('density') === 'compact' ? 'compact' : 'comfortable', textPercent: Number(query.get('text') ?? 100) } as const
  const bridge = new FakeBridge({ ...scenario.options, preferences: { ...scenario.options.preferences, language, theme, appearance } })
  bridge.nowMs = systemPageClock.now
  const engine = new FakeEngine()
  await mountStudio({ bridge, engine, clock: systemPageClock }, await bridge.studio.info({}))
  scenario.arrange?.(bridge, engine, systemPageClock.now())
  systemPageClock.every(50, () => engine.meter((index) => -14 - index * 7 + Math.sin(systemPageClock.now() / 300 + index) * 9))
  // For scripts that look at the page: what was asked of main, and a way to tell it more.
  Object.assign(globalThis, { fakes: { bridge, engine } })
} else {
  const list = document.createElement('ul')
  for (const name of Object.keys(SCENARIOS)) {
    for (const more of ['', '&theme=light', '&language=zh-CN']) {
      const link = document.createElement('a')
      link.href = `?scenario=${name}${more}`
      link.textContent = `${name} ${more.replaceAll('&', ' ')}`
      const row = document.createElement('li')
      row.append(link)
      list.append(row)
    }
  }
  document.body.append(list)
}
