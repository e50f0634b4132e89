import { expect, test } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { devStudio } from './dev-studio.ts'
import { violations } from './violations.ts'

/** The destination dialog, with nothing behind it: what is pasted, chosen, adjusted and never shown. */

interface Fakes {
  bridge: { calls: { service: string; call: string; input: { destination?: { kind: string; address: string; srt: object; priority: string } } }[]; keys: Map<string, string>; saved: { encoding: { videoKbps: number; height: number } }[] }
}

const studio = devStudio()

async function open(more: Record<string, string> = {}): Promise<{ page: Page; dialog: Locator; problems: string[] }> {
  const page = await studio.browser.newPage({ viewport: { width: 1280, height: 860 } })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()))
  await page.goto(studio.pages.url({ scenario: 'ready', ...more }))
  await page.getByTestId('add-destination').click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  return { page, dialog, problems }
}

async function paste(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus()
  await page.evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ${JSON.stringify(text)})
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }`)
}

async function choose(page: Page, list: Locator, option: string): Promise<void> {
  await list.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

const box = (dialog: Locator) => dialog.getByLabel('Paste what your service gave you')
const lastSaved = (page: Page) => page.evaluate("globalThis.fakes.bridge.calls.findLast((each) => each.call === 'save' && each.service === 'destinations')?.input.destination") as Promise<NonNullable<Fakes['bridge']['calls'][number]['input']['destination']>>

test('server and key pasted into the one box land in their fields, hidden, and the box is empty again', async () => {
  const { page, dialog, problems } = await open()
  await paste(page, box(dialog), '推流地址：rtmp://live.example.org/app\n串流密钥：se-cr-et-1')
  await expect(dialog.getByRole('status')).toContainText('RTMP: address, stream key')
  await expect(box(dialog)).toHaveValue('')
  await expect(dialog.getByLabel('Server address')).toHaveValue('rtmp://live.example.org/app')
  await expect(dialog.getByLabel('Stream key')).toHaveAttribute('type', 'password')
  await dialog.getByRole('button', { name: 'Show key' }).click()
  await expect(dialog.getByLabel('Stream key')).toHaveValue('se-cr-et-1')
  await dialog.getByRole('button', { name: 'Show key' }).click()
  await dialog.getByRole('button', { name: 'Add destination' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await page.content()).not.toContain('se-cr-et')
  expect(problems).toEqual([])
  await page.close()
})

test('a WHIP address with its token chooses the protocol and warns of plain http', async () => {
  const { page, dialog } = await open()
  await paste(page, box(dialog), "curl -X POST 'http://media.example.org/whip' -H 'Authorization: Bearer se.cr.et-2'")
  await expect(dialog.getByLabel('WHIP address')).toHaveValue('http://media.example.org/whip')
  await expect(dialog.getByLabel('Token', { exact: true })).toHaveValue('se.cr.et-2')
  await expect(dialog.getByText('Not encrypted')).toBeVisible()
  await dialog.getByText('Advanced').click()
  await choose(page, dialog.getByRole('combobox', { name: 'When the line gets slow' }), 'Best effort')
  await expect(dialog.getByText('This one loses frames')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add destination' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await lastSaved(page)).toMatchObject({ kind: 'whip', address: 'http://media.example.org/whip', priority: 'best-effort' })
  await page.close()
})

test('SRT: everything in the query goes to its field, and a short passphrase is refused with a sentence', async () => {
  const { page, dialog } = await open()
  await paste(page, box(dialog), 'srt://h.example:9000?streamid=#!::r=live/a,m=publish&passphrase=short&latency=2000000&pbkeylen=32')
  await expect(dialog.getByLabel('SRT address')).toHaveValue('srt://h.example:9000')
  await dialog.getByRole('button', { name: 'Add destination' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('A passphrase has 10 to 79 characters.')
  await dialog.getByLabel('Passphrase', { exact: true }).fill('long-enough-now')
  await dialog.getByRole('button', { name: 'Add destination' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await lastSaved(page)).toMatchObject({ kind: 'srt', address: 'srt://h.example:9000', srt: { latencyMs: 2000, keyLength: 32, mode: 'caller' } })
  await page.close()
})

for (const [what, text, sentence] of [
  ['10,000 characters', `rtmp://h.example/app/${'k'.repeat(10_000)}`, 'too long'],
  ['control characters', 'rtmp://h.example/app/k\u0007ey', 'control characters'],
  ['an address for watching', 'https://h.example/live/a.flv', 'for watching'],
  ['another protocol', 'rtsp://h.example/live', 'cannot send to rtsp://'],
  ['words', 'how do I go live?', 'no address'],
] as const) {
  test(`${what} in the box gets a clear sentence`, async () => {
    const { page, dialog, problems } = await open()
    await paste(page, box(dialog), text)
    await expect(dialog.getByRole('alert')).toContainText(sentence)
    await expect(dialog.getByLabel('Server address')).toHaveValue('')
    expect(problems).toEqual([])
    await page.close()
  })
}

test('a platform brings its server and limits, and one click makes the show fit', async () => {
  const { page, dialog } = await open()
  await page.keyboard.press('Escape')
  await page.getByTestId('settings').click()
  await page.getByLabel('Video bitrate').fill('9000')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByTestId('add-destination').click()
  await choose(page, dialog.getByRole('combobox', { name: 'Platform' }), 'Twitch')
  await expect(dialog.getByLabel('Server address')).toHaveValue('rtmps://ingest.global-contribute.live-video.net/app')
  await expect(dialog.getByTestId('limits')).toContainText('9000 kbit/s; 6000 is the most')
  await dialog.getByRole('button', { name: 'Adjust the show' }).click()
  await expect(dialog.getByTestId('limits')).toHaveCount(0)
  await expect(dialog.getByText('The show keeps to it.')).toBeVisible()
  // The list was asked for; the chosen server becomes the address.
  await choose(page, dialog.getByRole('combobox', { name: 'Server', exact: true }), 'Asia: Tokyo')
  await expect(dialog.getByLabel('Server address')).toHaveValue('rtmps://apn10.contribute.live-video.net/app')
  await dialog.getByLabel('Stream key').fill('live_1')
  await dialog.getByRole('switch', { name: 'Test only' }).click()
  await expect(dialog.getByLabel('Stream key')).toHaveValue('live_1?bandwidthtest=true')
  await dialog.getByRole('switch', { name: 'Test only' }).click()
  await expect(dialog.getByLabel('Stream key')).toHaveValue('live_1')
  await page.close()
})

test('signing fills in address and key, and viewers’ addresses come with a QR code', async () => {
  const { page, dialog } = await open()
  await choose(page, dialog.getByRole('combobox', { name: 'Platform' }), 'Tencent Cloud CSS (RTMP)')
  await dialog.getByText('Sign the push address').click()
  await dialog.getByLabel('Push domain').fill('8888.livepush.myqcloud.com')
  await dialog.getByLabel('Stream name', { exact: true }).fill('room1')
  await dialog.getByLabel('Signing key', { exact: true }).fill('hush-hush-key')
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
  await expect(dialog.getByLabel('Server address')).toHaveValue('rtmp://8888.livepush.myqcloud.com/live')
  await expect(dialog.getByLabel('Stream key', { exact: true })).toHaveValue(/^room1\?txSecret=[0-9a-f]{32}&txTime=[0-9A-F]{8}$/)
  await expect(dialog.getByLabel('Signing key', { exact: true })).toHaveValue('')
  await dialog.getByText('Viewers', { exact: true }).click()
  await expect(dialog.getByText('https://8888.liveplay.myqcloud.com/live/room1.m3u8')).toBeVisible()
  await dialog.getByRole('button', { name: 'QR code of the HLS address' }).click()
  await expect(dialog.getByRole('img', { name: 'QR code: https://8888.liveplay.myqcloud.com/live/room1.m3u8' })).toBeVisible()
  await page.close()
})

test('a UserSig makes the address of a room and shows what it allows', async () => {
  const { page, dialog } = await open()
  await choose(page, dialog.getByRole('combobox', { name: 'Platform' }), 'Tencent TRTC room (RTMP)')
  await dialog.getByLabel('Room', { exact: true }).fill('bad room')
  await dialog.getByLabel('Room', { exact: true }).blur()
  await expect(dialog.getByText('1 to 64 letters')).toBeVisible()
  await dialog.getByLabel('Room', { exact: true }).fill('room_b')
  await dialog.getByLabel('UserSig', { exact: true }).last().fill('eJabcdefghijklmnopqrstuvwxyz')
  await expect(dialog.getByTestId('token-facts')).toContainText('does not allow what the show sends: send a screen')
  await expect(dialog.getByLabel('Server address')).toHaveValue('rtmp://intl-rtmp.rtc.qq.com/push')
  await expect(dialog.getByLabel('Stream key', { exact: true })).toHaveValue('room_b?sdkappid=1400000001&userid=ann&usersig=eJabcdefghijklmnopqrstuvwxyz')
  await page.close()
})

for (const [language, theme] of [['en', 'dark'], ['zh-CN', 'light']] as const) {
  test(`nothing stands in anybody's way: the dialog with everything open, ${language}, ${theme}`, async () => {
    const { page, dialog } = await open({ language, theme })
    await paste(page, dialog.getByTestId('paste-box').locator('textarea'), 'rtmp://intl-rtmp.rtc.qq.com/push/room_a?sdkappid=1&userid=ann&usersig=eJabcdefghijklmnopqrstuvwxyz')
    await dialog.getByTestId('token-facts').waitFor()
    for (const summary of await dialog.locator('summary').all()) await summary.click()
    await dialog.getByLabel('BizId').fill('8888')
    await dialog.getByTestId('viewers').locator('.row').first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.close()
  })
}
