import { StudioError } from '@shared/domain/errors.ts'
import { createStudioI18n } from '../i18n/i18n.ts'

/** The page could not start: says so in plain words, in the browser's language, without anything that could fail again. */
export async function showUnreachable(thrown: unknown): Promise<void> {
  const { reason, evidence } = StudioError.from(thrown)
  const { t } = (await createStudioI18n(navigator.language.startsWith('zh') ? 'zh-CN' : 'en')).global
  const page = document.createElement('main')
  page.style.cssText = 'max-width:60ch;margin:15vh auto;padding:0 24px;font:15px/1.6 system-ui,sans-serif;color:#e8eaef'
  document.body.style.background = '#14161b'
  for (const text of [t('app.unreachable'), t(`reasons.${reason}.says`), evidence]) {
    const line = document.createElement('p')
    line.textContent = text
    page.append(line)
  }
  document.body.replaceChildren(page)
}
