/** 统计页面：画面卡在哪里，以及历次直播的情况。 */
export const statistics = {
  statistics: {
    now: '当前', shows: '历次直播', noShows: '直播过的节目会显示在这里。', noEnd: '未正常结束', remove: '删除这些数据',
    exportCsv: '导出 CSV', exportJson: '导出 JSON', emptyTitle: '暂无数据', emptyText: '演播室运行时每秒都会测量。',
    allWell: '一切正常：每一帧都已送达。', offAir: '未在直播。直播时，这里会说明画面卡在哪一步。',
    way: '一帧画面的路径', steps: { captured: '采集', composed: '合成', encoded: '编码', queued: '等待', sent: '发送' }, keyFrame: '{seconds} 秒前的关键帧', onAir: '直播中',
    stages: {
      capture: { says: '来源每秒只提供 {seen} 帧，应为 {wanted} 帧。', advice: '增加光线、换短线或换一个 USB 接口通常有帮助，重新打开来源也常常有效。' },
      compose: { says: '本机每秒只能合成 {seen} 帧，应为 {wanted} 帧。', advice: '请关闭其他程序，或选择更小的画面或更低的帧率。' },
      encode: { says: '编码器每秒只能编码 {seen} 帧，应为 {wanted} 帧。', advice: '请关闭其他程序，或选择更小的画面或更低的帧率。' },
      connect: { says: '“{name}”未连接。', advice: '正在重试。' },
      line: { says: '到“{name}”的线路只能承载 {seen} kbit/s，需要 {wanted} kbit/s。', advice: '降低码率即可让每一帧都送达。' },
      server: { says: '“{name}”目前不接收数据，已积压 {seen} 毫秒。', advice: '持续十秒后 Castwright 会自动重新连接。若仍无效，则是服务端有问题，请换一个接入点。' },
    },
    ofStream: '{stream}：{says}', streams: { second: '第二画布', main: '仅摄像头', aux: '仅屏幕' },
    actions: { reopen: '重新打开来源', settings: '画面设置', 'lower-rate': '降到 {kbps} kbit/s', retry: '立即重试', reconnect: '重新连接' },
    charts: { frames: '每秒帧数', rates: 'kbit/s', work: '每帧耗时（毫秒）', keyFrames: '距上一个关键帧（毫秒）', processor: '处理器（单核百分比）', waiting: '等待（毫秒）', lost: '每秒丢失' },
    lines: {
      captured: '采集', composed: '合成', encoded: '编码', sent: '发送', wanted: '目标', compose: '合成', encode: '编码', keyFrameAge: '间隔', cpu: '全部', queue: '队列', rtt: '往返时间',
      droppedHere: '丢弃的帧', loss: '线路丢包 %', retransmits: '重传',
    },
    totals: { destination: '目的地', sent: '已发送', frames: '帧数', lost: '丢弃', connects: '连接次数', gaps: '中断' },
    lostShare: '{n}（{share}）',
    gapsSum: '{n} 次中断，共 {seconds} 秒没有媒体',
  },
}
