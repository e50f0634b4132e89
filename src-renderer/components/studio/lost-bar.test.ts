import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { expect, it } from 'vitest'
import type { LossCause } from '../../bridge/page-channel.ts'
import { createStudioI18n, type Language } from '../../i18n/i18n.ts'
import LostBar from './LostBar.vue'

async function rendered(why: LossCause, language: Language): Promise<string> {
  const app = createSSRApp({ render: () => h(LostBar, { why }) })
  app.use(await createStudioI18n(language))
  return renderToString(app)
}

it.each([
  ['en', 'Castwright is open in another window now', 'Use it here'],
  ['zh-CN', 'Castwright 现在已在另一个窗口中打开', '在此使用'],
] as const)('says in %s that another window has the studio, and offers to take it back', async (language, says, button) => {
  const html = await rendered('replaced', language)
  expect(html).toContain(says)
  expect(html).toMatch(new RegExp(`<button[^>]*>${button}</button>`))
})

it('says that the studio has ended, where a reload would not help', async () => {
  const html = await rendered('ended', 'en')
  expect(html).toContain('has stopped')
  expect(html).not.toContain('<button')
})
