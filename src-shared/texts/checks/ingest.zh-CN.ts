import type { SameChecks } from './check-text.ts'
import type { INGEST_EN } from './ingest.en.ts'

export const INGEST_ZH_CN: SameChecks<typeof INGEST_EN> = {
  'ingest.push': {
    asks: '各目的地能否接收节目的码率？',
    findings: {
      enough: { says: '每个目的地可推 {kbps} kbit/s；节目需要 {wantedKbps} kbit/s。', advice: '' },
      'enough-partly': { says: '已测试的目的地可推 {kbps} kbit/s；节目需要 {wantedKbps} kbit/s。未测试：{count} 个。', advice: '未测试的目的地按与其他目的地占用相同带宽计算。' },
      tight: { says: '每个目的地可推 {kbps} kbit/s，只比节目需要的 {wantedKbps} kbit/s 略多。', advice: '请将总码率（含声音）降到 {safeKbps} kbit/s，以保留 30% 余量。' },
      narrow: { says: '每个目的地只能推 {kbps} kbit/s；节目需要 {wantedKbps} kbit/s。', advice: '请将总码率（含声音）降到 {safeKbps} kbit/s，减少同时推流的目的地，或改用有线网络或其他网络。' },
      untried: { says: '每个目的地都接收了 {kbps} kbit/s，这是测试的最高码率。在节目的 {wantedKbps} kbit/s 之上是否还有 30% 余量尚不清楚。', advice: '总码率（含声音）不超过 {safeKbps} kbit/s 时可以放心。' },
      rehearsal: { says: '内置服务器接收了 {kbps} kbit/s；节目需要 {wantedKbps} kbit/s。', advice: '它就在本机上：要了解线路能力，请选择其他地方的目的地。' },
      live: { says: '节目正在直播，因此未推送测试画面。', advice: '请在节目开始前测试。' },
      refused: { says: '{host} 拒绝接收推流。', advice: '请检查该目的地的密钥和地址；有些平台还需要先在网站上开始直播。' },
      unreachable: { says: '无法连接 {host}。', advice: '请检查该目的地的地址和网络连接；也可能是防火墙拦截了端口。' },
      tls: { says: '无法与 {host} 建立安全连接。', advice: '请检查本机的日期和时间。如果正确，则是服务器证书有误，或有人在中间拦截。' },
      broke: { says: '测试过程中与 {host} 的连接中断。', advice: '请重新测试。若再次中断，请换用平台的其他服务器或其他网络。' },
      'not-pushed': { says: '对 {host} 的测试未能完成。', advice: '请稍后重新测试。' },
      address: { says: '有一个目的地的地址无法识别。', advice: '请在该目的地的设置中更正地址。' },
      'needs-agreement': { says: '未测试 {host}，因为观众可能看到测试画面。', advice: '请先同意，或为该目的地换用不公开的密钥再测试。' },
      'not-supported': { says: '所选目的地都不能这样测试：WHIP、HLS 和等待呼叫的目的地不支持。', advice: '请改用测试服务器测量线路。' },
      nothing: { says: '没有启用任何目的地，因此未测试。', advice: '请启用或选择一个目的地。' },
    },
  },
}
