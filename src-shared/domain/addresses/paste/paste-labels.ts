/** What a labelled value is for. `playback` and `backup` are told so that they are not taken for the place to send to. */
export type ClueRole = 'server' | 'key' | 'token' | 'streamId' | 'passphrase' | 'latency' | 'mode' | 'keyLength' | 'playback' | 'backup'

/** The words that services, consoles and manuals put before a value, per role. A blank stands for any or no white space. */
const LABELS: Readonly<Record<ClueRole, readonly string[]>> = {
  playback: [
    'playback url', 'playback address', 'playback', 'play url', 'player url', 'watch url', 'viewer url', 'viewing url', 'pull url', 'whep url', 'whep endpoint', 'whep',
    'rtmp 播放地址', 'flv 播放地址', 'hls 播放地址', '播放地址', '播放链接', '拉流地址', '拉流链接', '观看地址', '观看链接', '回放地址',
  ],
  backup: [
    'backup server url', 'backup server', 'backup url', 'backup ingest', 'backup ingestion address', 'secondary server', 'secondary url', '备用推流地址', '备用服务器地址', '备用服务器', '备用地址', '备推地址',
  ],
  passphrase: ['srt passphrase', 'pass phrase', 'encryption passphrase', 'encryption key', 'passwort', 'password', '加密密码', '加密口令', '加密密钥', '密码'],
  streamId: ['srt stream id', 'srt streamid', 'stream id', '流 id', '流标识'],
  keyLength: ['pbkeylen', 'key length', '密钥长度'],
  key: [
    'stream key name', 'stream key', 'streaming key', 'stream name key', 'stream name', 'publishing key', 'publish key', 'play path', 'live key', 'key',
    '推流密钥', '串流密钥', '直播密钥', '流密钥', '推流串码', '串流码', '推流码', '直播码', '流名称', '流名', '密钥',
  ],
  token: ['bearer token', 'access token', 'auth token', 'whip token', 'participant token', 'authorization', 'bearer', 'token', '访问令牌', '鉴权令牌', '令牌'],
  latency: ['srt latency', 'latency', '延迟', '延时'],
  mode: ['srt mode', 'mode', '模式'],
  server: [
    'primary server url', 'primary server', 'primary ingest', 'server url', 'server address', 'stream server', 'streaming server', 'stream url', 'streaming url', 'rtmps url', 'rtmp url', 'rtmps server', 'rtmp server',
    'rtmp address', 'push url', 'push address', 'publish url', 'publishing url', 'ingest url', 'ingest server', 'ingest endpoint', 'ingestion url', 'ingestion address', 'whip url', 'whip server', 'whip endpoint', 'whip address',
    'srt url', 'srt server', 'srt address', 'hls url', 'hls ingest url', 'endpoint url', 'endpoint', 'server', 'ingest', 'address', 'url', 'uri', 'link',
    'rtmp 推流地址', 'srt 推流地址', 'webrtc 推流地址', 'whip 推流地址', '推流服务器', '推流地址', '推流链接', '推流 url', '服务器地址', '服务器 url', '服务器', 'rtmp 地址', 'srt 地址', 'whip 地址', '接入地址', '上行地址', '地址', '链接',
  ],
}

const ROLES = new Map<string, ClueRole>()
for (const [role, words] of Object.entries(LABELS) as [ClueRole, readonly string[]][]) for (const word of words) ROLES.set(word.replaceAll(' ', ''), role)

/** Longest first, so that "stream key" is not read as "key". */
const WORDS = Object.values(LABELS)
  .flat()
  .sort((a, b) => b.length - a.length)
  .map((word) => word.replaceAll(' ', String.raw`[ _-]?`))
  .join('|')

/** A label in the middle of a line; in the query of an address the same words are options. */
const INLINE = new RegExp(String.raw`(?<![\p{L}\p{N}/?&=#._:-])((?:${WORDS})(?:\s*[(（][^()（）\n]{0,40}[)）])?)\s*(?::(?!\/\/)|：|=)`, 'giu')
const AT_START = new RegExp(String.raw`^[\s\-*•>|\d.)]*(${WORDS})(?:\s*[(（][^()（）\n]{0,40}[)）])?(?:\s*(?::(?!\/\/)|：|=|\||\t)\s*|\s{2,}|\s*$|(\s+)(?=\S+$))(.*)$`, 'iu')

/** Puts every label of a text on a line of its own beginning. */
export const breakAtLabels = (text: string): string => text.replace(INLINE, '\n$1:')

/** `Stream key: abc` → its role and `abc` (which may be empty: the value then stands on the next line); null without a label. */
export function readLabel(line: string): { role: ClueRole; value: string } | null {
  const [, word, , value = ''] = AT_START.exec(line) ?? []
  const role = word === undefined ? undefined : roleOf(word)
  return role === undefined ? null : { role, value }
}

/** The role of a name as it stands in JSON: `streamKey`, `stream_key`, `webRTCPlayback`. */
export function roleOf(name: string): ClueRole | undefined {
  return ROLES.get(name.toLowerCase().replace(/[\s_-]+/g, ''))
}
