/** What was recorded. */
export const recordings = {
  recordings: {
    search: '搜索录制', all: '全部', filter: '显示', refresh: '重新查看', openFolder: '打开文件夹',
    sum: '{n} 个文件 · {length} · {size}', free: '可用 {size}', scanning: '正在查看文件夹…',
    emptyTitle: '还没有录制', emptyText: '录制、回放和截图会出现在这里，位于 {folder}。', noneTitle: '没有找到', noneText: '没有符合条件的录制。', clearSearch: '显示全部',
    list: '按节目排列的录制。方向键移动，空格选择，回车播放，Delete 移到回收站。', other: '其他文件', selectShow: '选择 {name} 的全部文件', select: '选择 {name}',
    kinds: { recording: '录制', replay: '回放', snapshot: '截图', joined: '已拼接', merged: '已合并', converted: '已转换' },
    conditions: { writing: '正在录制', unfinished: '被中断', broken: '已损坏' },
    play: '播放 {name}', look: '查看 {name}', reveal: '在文件夹中显示 {name}', repair: '修复', trash: '将 {name} 移到回收站',
    selected: '已选 {n} 个', clear: '取消选择',
    join: '拼接', merge: '合并…', convert: '转换为', toTrash: '移到回收站',
    trashTitle: '移到回收站？ | 将 {n} 个文件移到回收站？', trashText: '{name}，{size}。', trashMany: '共 {size}。', trashed: '已将 {n} 个文件移到回收站。', undo: '撤销',
    jobs: {
      title: '录制文件处理', join: '拼接', merge: '合并', convert: '转换', repair: '修复', cancel: '取消 {title}', dismiss: '从列表中移除 {title}',
      waiting: '等待中', running: '进行中', done: '完成', failed: '失败', cancelled: '已取消',
    },
    mergeTitle: '合并流', mergeText: '同一个人的各段会重新编码为一个 MP4。原文件保留。',
    mode: '结果', modes: { segments: '每个连续段一个文件', merge: '全部合为一个文件' }, modeHint: { segments: '间隔超过 15 秒的片段属于不同的连续段。', merge: '所有片段，按录制的先后排列。' },
    gaps: '用黑场和静音填补间隙', gapsHint: '否则各段直接相接，没有停顿。',
    sound: '声音跟随', sounds: { main: '摄像头', any: '有哪个用哪个', aux: '屏幕' }, people: '{n} 人，{files}', files: '{n} 个文件', startMerge: '合并',
    player: {
      cannot: '无法在这里播放该文件。', convertHint: '请转换为 MP4，或用其他播放器打开。', hls: '本窗口无法播放 HLS。', noSeek: '这种格式不能随意跳转；需要时请转换为 MP4。', toMp4: '转换为 MP4',
    },
  },
}
