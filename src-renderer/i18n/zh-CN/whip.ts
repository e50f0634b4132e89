import type { whip as en } from '../en/whip.ts'

export const whip: typeof en = {
  whip: {
    servers: '自己的 STUN 和 TURN 服务器', serversHint: '每行一个地址，与平台自己提供的一并使用。只有在网络不放行其他方式时才需要。',
    serversProblem: '每行一个地址，例如 turn:turn.example.com:3478 或 stun:stun.example.com。TURN 还需要用户名和密钥。',
    user: 'TURN 用户名', secret: 'TURN 密钥', secretKept: '已保存密钥。留空则保持不变。', secretHint: '与推流密钥一样保存。',
    relayOnly: '仅通过中继', relayOnlyHint: '所有数据都经过 TURN 服务器，平台看不到这台电脑的地址。', relayMissing: '上面没有 TURN 服务器：只有平台提供时才能用。',
    userInfo: '用户名和密码会作为令牌保存，不留在地址里。',
  },
}
