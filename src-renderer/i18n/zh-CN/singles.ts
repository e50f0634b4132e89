/** 推流目标得到什么：合成画面，或单独一路来源。 */
export const singles = {
  singles: {
    content: '推送内容',
    contents: { mix: '合成画面', second: '第二画布（{width}x{height}）', main: '仅摄像头（含麦克风声音）', aux: '仅屏幕共享（含其声音）' },
    hints: {
      mix: '推送场景中显示的全部内容。',
      second: '推送同一场景在第二画布上的布局，声音与合成画面相同。在“设置 → 画面和声音”中设置。直播中可以更改。',
      main: '以 15 帧/秒推送场景中的第一个摄像头，不受场景其他内容影响。尺寸在“设置 → 画面和声音”中选择。直播中可以更改。',
      aux: '以 15 帧/秒推送场景中的第一个屏幕共享，不受场景其他内容影响。尺寸在“设置 → 画面和声音”中选择。直播中可以更改。',
    },
    sends: { second: '第二画布', main: '仅摄像头', aux: '仅屏幕' },
    size: '{width}x{height}',
    quality: {
      title: '单独推送的摄像头或屏幕',
      hint: '用于只接收摄像头或屏幕的目的地和录制。声音和关键帧与合成画面相同。',
      main: '仅摄像头', aux: '仅屏幕',
    },
    coded: '{width}x{height}，{fps} 帧/秒，{rate}',
    automatic: '自动（按画面尺寸）', automaticNow: '自动：{coded}',
    later: '目前为 {coded}。更改将在该路流下次开始时生效。',
  },
}
