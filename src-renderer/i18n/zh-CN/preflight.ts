/** The look before a show. */
export const preflight = {
  preflight: {
    title: '开播之前', checking: '正在检查…', skip: '跳过', good: '一切就绪。', problems: '有 {n} 处需要先看一下。', problemList: '需要查看', noAnswer: '工作室没有应答。仍然可以开播。', others: '还检查了 {n} 项', first: '开播前检查', again: '再次检查',
    anyway: '仍然开播', action: '检查节目',
    marks: { warn: '警告：', fail: '问题：' },
    fixes: { unmute: '打开声音', 'go-to-source': '查看来源', 'go-to-destination': '编辑目的地', 'go-to-settings': '设置', 'free-disk': '前往录制文件', again: '再次检查' },
  },
}
