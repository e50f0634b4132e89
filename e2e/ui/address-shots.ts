import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { serveDevPages } from './dev-pages.ts'

// Pictures of the destination dialog in many states, to look at: `node e2e/ui/address-shots.ts FOLDER [part of a name]`
const [folder = 'test-results/ui', only = ''] = process.argv.slice(2)
const LONG = 'x'.repeat(180)

const paste = async (page: Page, text: string) => {
  await page.getByTestId('paste-box').locator('textarea').focus()
  await page.evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ${JSON.stringify(text)})
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }`)
}
const platform = async (page: Page, name: RegExp) => {
  await page.getByRole('dialog').getByRole('combobox').first().click()
  await page.getByRole('option', { name }).click()
}
const details = (page: Page, index: number) => page.getByRole('dialog').locator('summary').nth(index).click()

const SHOTS: readonly [name: string, act: (page: Page) => Promise<void>][] = [
  ['new', async () => {}],
  ['pasted-rtmp', (page) => paste(page, 'Server: rtmp://live.example.com/app\nStream key: abcd-1234\nBackup server: rtmp://b.example.com/app')],
  ['pasted-nonsense', (page) => paste(page, `how do I ${LONG}?`)],
  ['pasted-srt', (page) => paste(page, `srt://a-very-long-name-of-a-server.region-1.streaming.example.com:9000?streamid=#!::r=live/${LONG},m=publish&passphrase=0123456789&pkt_size=1316`)],
  ['whip-open', async (page) => {
    await paste(page, 'http://media.example.com/whip Bearer abcdefgh12345')
    await details(page, 1)
  }],
  ['whip-relay', async (page) => {
    await paste(page, 'https://me:secret@media.example.com/whip')
    await details(page, 1)
    await page.getByTestId('ice-servers').locator('textarea').or(page.getByTestId('ice-servers')).last().fill('turn:turn.example.com:3478?transport=udp\nstun:stun.example.com')
    await page.getByRole('dialog').getByRole('switch').last().scrollIntoViewIfNeeded()
  }],
  ['twitch', (page) => platform(page, /Twitch/)],
  ['ivs', (page) => platform(page, /IVS \(WHIP\)/)],
  ['css-sign', async (page) => {
    await platform(page, /CSS \(RTMP\)|腾讯云直播 \(RTMP\)/)
    await details(page, 0)
  }],
  ['trtc', async (page) => {
    await page.getByRole('dialog').getByRole('combobox').first().click()
    await page.getByRole('option').nth(8).click()
    await page.waitForTimeout(300)
    await page.getByRole('dialog').getByLabel('UserSig', { exact: true }).last().fill('eJabcdefghijklmnopqrstuvwxyz0123456789')
    await page.waitForTimeout(600)
  }],
  ['trtc-viewers', async (page) => {
    await paste(page, 'rtmp://intl-rtmp.rtc.qq.com/push/room_a?sdkappid=1400000001&userid=ann&usersig=eJabcdefghijklmnopqrstuvwxyz')
    await page.waitForTimeout(500)
    await details(page, 1)
    await page.getByRole('dialog').getByLabel('BizId').fill('8888')
    await page.waitForTimeout(800)
    await page.getByTestId('viewers').locator('.row button').nth(1).click()
    await page.locator('.code').scrollIntoViewIfNeeded()
  }],
  ['srt-problem', async (page) => {
    await paste(page, 'srt://h.example:9000?passphrase=short')
    await page.locator('button[type=submit]').click()
    await page.locator('summary').last().click()
  }],
  ['make', async (page) => {
    await page.getByRole('dialog').getByRole('combobox').first().click()
    await page.getByRole('option').nth(8).click()
    await page.waitForTimeout(300)
    await page.getByRole('dialog').getByRole('combobox').last().click()
    await page.getByRole('option').nth(2).click()
    await page.waitForTimeout(300)
    await page.getByRole('switch').last().click()
    await page.locator('.rights').scrollIntoViewIfNeeded()
  }],
]

const pages = await serveDevPages()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] })
await mkdir(folder, { recursive: true })
for (const [index, [name, act]] of SHOTS.entries()) {
  for (const [language, theme] of [['en', 'dark'], ['zh-CN', 'light']] as const) {
    const file = `addresses-${name}-${language}-${theme}`
    if (!file.includes(only)) continue
    const page = await browser.newPage({ viewport: index % 2 === 0 ? { width: 1280, height: 860 } : { width: 900, height: 700 } })
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(file, message.text()))
    page.on('pageerror', (error) => console.log(file, error.message))
    await page.goto(pages.url({ scenario: 'ready', language, theme }))
    await page.getByTestId('live-button').waitFor()
    await page.getByTestId('add-destination').click()
    await page.getByRole('dialog').waitFor()
    await act(page).catch((error: unknown) => console.log(file, String(error).slice(0, 300)))
    await page.waitForTimeout(500)
    await page.screenshot({ path: join(folder, `${file}.png`) })
    await page.close()
  }
}
await browser.close()
await pages.close()
