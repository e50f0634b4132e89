/** 录制：开播按钮旁的控件，以及设置。 */
export const recording = {
  recording: {
    title: '录制', start: '录制', stop: '停止录制', finishing: '正在收尾…', pause: '暂停', resume: '继续', paused: '已暂停', badge: '录制中', time: '已录时长',
    chapter: '章节', chapterName: '名称', chapterHint: '不填名称则用序号。按 Alt+M 可立即设置。', setChapter: '设置章节',
    replay: '保存最近 {n} 秒', snapshot: '截图', withKeys: '{name}（{keys}）',
    minutesLeft: '还可录 {n} 分钟', hoursLeft: '还可录 {n} 小时', dropped: '磁盘太慢，丢失 {n} 帧',
    made: { replay: '已保存：{name}', snapshot: '已保存：{name}', chapter: '已设置章节。' },
    folder: '文件夹', choose: '选择…', formats: '格式（可同时录多种）',
    formatNames: { mp4: 'MP4', mkv: 'MKV', flv: 'FLV', ts: 'MPEG-TS', hls: 'HLS', aac: 'AAC（仅声音）' },
    streams: '录制内容（各存一份）', streamNames: { mix: '整个节目', second: '第二画布', main: '仅摄像头', aux: '仅屏幕' },
    content: '内容', contents: { 'audio-video': '画面和声音', audio: '仅声音', video: '仅画面' },
    tracks: {
      title: '节目的音轨', track: '音轨 {n}', name: '音轨 {n} 的名称', comma: '、',
      hint: '每个声源进入哪些音轨，在调音台各通道的声音设置中选择。音轨 1 即直播发送的声音；回放和节目以外的录制只有音轨 1。',
      firstAlone: '{formats}：只有音轨 1。', noRoom: '只有 MP4 和 MKV 能容纳多条音轨；所选格式只有音轨 1。',
    },
    fileMinutes: '每隔多久新建文件', hlsResume: 'HLS：同一列表内最长暂停', maxIdle: '无画面无声音多久后自动结束',
    hlsAlsoMp4: 'HLS 之外另存 MP4', withBroadcast: '直播时自动录制',
    keepReplay: '保留最近的画面供回放', keepReplayHint: '直播或录制期间保存在内存中。', replaySeconds: '回放时长', replayMemory: '目前保留 {seconds} 秒，占用内存 {size}。',
    names: '文件夹与文件名', namesHint: '前缀 / 任务 / 应用_房间。未填任务时，每次录制以开始时间命名文件夹。',
    nameParts: { prefix: '前缀', taskId: '任务', applicationId: '应用', roomId: '房间', userId: '用户（单独的摄像头和屏幕）' },
  },
}
