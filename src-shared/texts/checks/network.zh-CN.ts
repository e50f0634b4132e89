import type { SameChecks } from './check-text.ts'
import type { NETWORK_EN } from './network.en.ts'

export const NETWORK_ZH_CN: SameChecks<typeof NETWORK_EN> = {
  'network.dns': {
    asks: '服务器域名解析得快吗？',
    findings: {
      good: { says: '域名解析用时 {ms} 毫秒。', advice: '' },
      slow: { says: '解析 {host} 用时 {ms} 毫秒。', advice: '开播会因此稍慢。可以在系统的网络设置里换一个 DNS 服务器。' },
      'very-slow': { says: '解析 {host} 用时 {ms} 毫秒。', advice: '请在系统的网络设置里换一个 DNS 服务器，或重启路由器。' },
      'not-found': { says: '无法解析域名 {host}。', advice: '请检查推流目标的地址。如果其他域名也失败，请检查网络连接或更换 DNS 服务器。' },
      nothing: { says: '没有需要解析的域名。', advice: '' },
    },
  },
  'network.reach': {
    asks: '服务器有应答吗？',
    findings: {
      good: { says: '所有服务器都有应答；最慢的 {host} 用时 {ms} 毫秒。', advice: '' },
      slow: { says: '{host} 的应答用时 {ms} 毫秒。', advice: '如果服务商提供，请选择更近的服务器。' },
      'not-found': { says: '无法解析域名 {host}。', advice: '请检查推流目标的地址和网络连接。' },
      refused: { says: '{host} 拒绝端口 {port} 上的连接。', advice: '请检查地址里的端口；如果没错，就是服务器没有运行。' },
      unreachable: { says: '{host} 在端口 {port} 上没有应答。', advice: '请检查网络连接。如果其他服务器有应答，可能是防火墙拦住了这个端口。' },
      tls: { says: '无法与 {host} 建立安全连接。', advice: '请检查本机的日期和时间。如果没错，就是服务器证书有问题，或中间有人拦截。' },
      nothing: { says: '没有需要连接的服务器。', advice: '' },
    },
  },
  'network.gateway': {
    asks: '到路由器的这一段快吗？',
    findings: {
      good: { says: '路由器的应答用时 {ms} 毫秒。', advice: '' },
      slow: { says: '路由器的应答用时 {ms} 毫秒。', advice: '改用网线，或离路由器近一些，会有改善。' },
      'very-slow': { says: '路由器的应答用时 {ms} 毫秒：问题出在本机和路由器之间。', advice: '请改用网线，或离路由器近一些，并重启路由器。' },
      lossy: { says: '路由器有 {percent}% 没有应答：问题出在本机和路由器之间。', advice: '请改用网线，或离路由器近一些。' },
      silent: { says: '路由器不回应这类探测，所以到它的这一段情况未知。', advice: '' },
      none: { says: '没有路由器：本机没有连接到网络。', advice: '请接上网线或连接 Wi-Fi。' },
      unknown: { says: '系统没有告知使用的是哪个路由器。', advice: '' },
    },
  },
  'network.wifi': {
    asks: 'Wi-Fi 信号够强吗？',
    findings: {
      strong: { says: 'Wi-Fi 信号强（{dbm} dBm）。', advice: '' },
      fair: { says: 'Wi-Fi 信号一般（{dbm} dBm）。', advice: '请离路由器近一些，或使用网线。' },
      weak: { says: 'Wi-Fi 信号弱（{dbm} dBm）。', advice: '请使用网线，或离路由器近一些。' },
      none: { says: '本机没有使用 Wi-Fi。', advice: '' },
      unknown: { says: '系统没有告知 Wi-Fi 信号强度。', advice: '' },
    },
  },
  'network.route': {
    asks: '到服务器的路径正常吗？',
    findings: {
      good: { says: '经过 {hops} 个节点到达 {host}，用时 {ms} 毫秒。', advice: '' },
      slow: { says: '经过 {hops} 个节点到达 {host}，但用时 {ms} 毫秒。', advice: '如果服务商提供，请选择更近的服务器。' },
      lossy: { says: '到 {host} 的路上丢失了 {percent}%。', advice: '请换一个网络试试。如果依旧，请把各节点的结果发给网络运营商。' },
      hidden: { says: '到 {host} 的最后一个节点没有应答；其他 {hops} 个有应答。', advice: '' },
      silent: { says: '到 {host} 的路上没有任何节点应答。', advice: '' },
      'no-tool': { says: '本机没有可以显示网络路径的程序。', advice: '安装 mtr 或 traceroute 后即可查看。' },
      nothing: { says: '没有可以查看路径的服务器。', advice: '' },
    },
  },
  'network.clock': {
    asks: '本机的时钟准吗？',
    findings: {
      good: { says: '时钟误差在 {seconds} 秒以内。', advice: '' },
      off: { says: '时钟差了 {seconds} 秒。', advice: '请在系统的日期和时间设置里打开自动设置时间。' },
      far: { says: '时钟差了 {seconds} 秒：服务器可能拒绝带签名的地址和证书。', advice: '请在系统的日期和时间设置里打开自动设置时间。' },
      nobody: { says: '没有可以询问时间的服务器。', advice: '请填写测试服务器，或允许询问公共服务器。' },
      unknown: { says: '没有服务器告知时间。', advice: '' },
    },
  },
  'network.line': {
    asks: '线路质量如何？',
    findings: {
      good: { says: '线路良好：往返 {rttMs} 毫秒。', advice: '' },
      fair: { says: '线路一般：往返 {rttMs} 毫秒，丢包 {lossPercent}%。', advice: '改用网线最有效。' },
      poor: { says: '线路差：往返 {rttMs} 毫秒，丢包 {lossPercent}%。', advice: '请把码率降到 {kbps} kbit/s。如果还不够：改用网线，再换网络，最后只发声音。' },
      'poor-unmeasured': { says: '线路差：往返 {rttMs} 毫秒，丢包 {lossPercent}%。', advice: '请把码率降低一半。如果还不够：改用网线，再换网络，最后只发声音。' },
      down: { says: '无法连接测试服务器。', advice: '请检查网络连接，再确认测试服务器在运行、地址与它显示的一致。' },
      narrow: { says: '线路上行只有 {kbps} kbit/s，需要 {wantedKbps} kbit/s。', advice: '请把码率降到 {safeKbps} kbit/s。如果还不够：改用网线，再换网络，最后只发声音。' },
      tight: { says: '线路上行为 {kbps} kbit/s，只比需要的 {wantedKbps} kbit/s 多一点。', advice: '请把码率降到 {safeKbps} kbit/s，保留 30% 的余量。' },
      'narrow-down': { says: '线路下行为 {kbps} kbit/s，需要 {wantedKbps} kbit/s。', advice: '请结束其他下载，或改用网线或其他网络。' },
      bloated: { says: '线路空闲时良好，但占满时一切都会慢 {ms} 毫秒（等级 {grade}）。', advice: '请让码率明显低于线路上限，并结束其他程序的上传。' },
      'no-datagrams': { says: '线路往返 {rttMs} 毫秒，但数据报无法通过，所以丢包情况未知。', advice: 'WHIP 和 SRT 在此网络中可能不可用，RTMP 可以。请联系网络管理员放行 UDP。' },
      unknown: { says: '返回的数据太少，无法判断线路质量。', advice: '请再测一次。' },
      'delay-only': { says: '连接 {host} 用时 {rttMs} 毫秒；没有测试服务器，线路的其他情况未知。', advice: '请在另一台电脑上用 --speed-server 运行 Castwright，并填入它显示的地址。' },
      'no-server': { says: '没有填写测试服务器，所以没有测量线路。', advice: '请在另一台电脑上用 --speed-server 运行 Castwright，并填入它显示的地址。' },
      'server-address': { says: '测试服务器的地址无法识别。', advice: '请按测试服务器显示的样子填写：http://host:port/?access_token=…' },
      'server-refused': { says: '测试服务器拒绝了令牌。', advice: '它每次启动都会生成新的令牌：请复制它现在显示的地址。' },
      'server-busy': { says: '测试服务器正忙。', advice: '请一分钟后再试。' },
      'server-wrong': { says: '测试服务器给出的数据不可信，或者它不是测试服务器。', advice: '请使用 Castwright 自带测试服务器显示的地址。' },
    },
  },
  'network.ndt7': {
    asks: '线路到公共服务器的带宽有多大？',
    findings: {
      measured: { says: '线路上行 {upKbps} kbit/s，下行 {downKbps} kbit/s。', advice: '' },
      narrow: { says: '线路上行只有 {upKbps} kbit/s，需要 {wantedKbps} kbit/s。', advice: '请把码率降到 {safeKbps} kbit/s。' },
      tight: { says: '线路上行为 {upKbps} kbit/s，只比需要的 {wantedKbps} kbit/s 多一点。', advice: '请把码率降到 {safeKbps} kbit/s，保留 30% 的余量。' },
      'no-consent': { says: '没有使用公共服务器，因为尚未同意。', advice: '公共服务会得知本机地址并公开结果：请先同意，或使用自己的测试服务器。' },
      unusable: { says: '服务器无法使用。', advice: '请稍后再试，或使用自己的测试服务器。' },
      'server-wrong': { says: '服务器给出的数据不可信。', advice: '请使用其他测试服务器。' },
    },
  },
}
