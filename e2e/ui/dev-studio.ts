import { chromium, test } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { serveDevPages } from './dev-pages.ts'
import type { DevPages } from './dev-pages.ts'

/** The window with a made-up main process, and a browser to look at it; both are there while this file's tests run. */
export interface DevStudio {
  pages: DevPages
  browser: Browser
}

/** To be called once in a spec file, outside of its tests. */
export function devStudio(): DevStudio {
  const studio = {} as DevStudio
  test.beforeAll(async () => {
    studio.pages = await serveDevPages()
    studio.browser = await chromium.launch({ executablePath: process.env['CASTWRIGHT_BROWSER'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] })
  })
  test.afterAll(async () => {
    await studio.browser?.close()
    await studio.pages?.close()
  })
  return studio
}
