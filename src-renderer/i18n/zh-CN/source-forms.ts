import type { sourceForms as en } from '../en/source-forms.ts'

export const sourceForms: typeof en = {
  sourceForms: {
    fields: {
      from: '文字来自', text: '文字', format: '格式', font: '字体', fontSize: '字号', textColour: '文字颜色', align: '对齐', bold: '粗体', italic: '斜体',
      filled: '背景', background: '背景颜色', outline: '描边', outlineColour: '描边颜色', outlineWidth: '描边宽度',
      shadow: '阴影', shadowColour: '阴影颜色', shadowBlur: '柔化', shadowX: '向右偏移', shadowY: '向下偏移',
      scroll: '移动', speed: '速度', boxWidth: '框的宽度', boxHeight: '框的高度',
      colour: '颜色', gradient: '渐变', gradientTo: '第二种颜色', angle: '方向',
      mode: '计时方式', duration: '时长', until: '直到', endText: '时间到时显示',
      every: '每张显示', fade: '淡入淡出', order: '顺序', loop: '循环播放', width: '宽', height: '高',
      address: '地址', frameRate: '帧率', css: '样式（CSS）', surface: '优先提供', withAudio: '包含声音',
      echoCancellation: '消除回声', noiseSuppression: '降噪', autoGainControl: '自动调节音量', standIn: '设备丢失时使用其他设备',
    },
    hints: {
      format: 'HH:mm:ss、h:mm A、YYYY-MM-DD；[方括号]中的文字保持原样。', endText: '留空则停在 00:00。',
      css: '加入网页自身的样式。', withAudio: '取决于系统是否支持；选择屏幕时会询问。',
      standIn: '2 秒后改用本节目用过的设备或系统默认设备；原设备恢复后自动换回。',
    },
    choices: {
      from: { text: '这段文字', clock: '时钟', file: '文本文件' }, align: { left: '左对齐', center: '居中', right: '右对齐' },
      scroll: { none: '静止', left: '横向滚动', up: '向上滚动' }, mode: { duration: '一段时长', until: '到某个时刻' },
      order: { 'in-order': '按此顺序', random: '随机' }, surface: { any: '全部', monitor: '屏幕', window: '窗口', browser: '浏览器标签页' },
    },
    usedInScenes: '在 {n} 个场景中使用，修改会同时生效。',
    countdown: { start: '开始', pause: '暂停', reset: '重置' },
    file: { path: '文件', choose: '选择文件…', hint: '完整路径。最多显示 64 KB，文件变化时自动更新。', missing: '目前无法读取该文件。', denied: '请在这台电脑上选择一次该文件：节目本身不能读取文件。', allow: '显示此文件' },
    slides: { add: '添加图片…', empty: '还没有图片。', picture: '图片 {n}', remove: '移除图片 {n}', earlier: '将图片 {n} 前移', later: '将图片 {n} 后移', hint: '拖动可更改顺序。' },
    scene: { choose: '场景', none: '没有其他场景可以在这里显示。' },
    webPage: {
      cannot: '在浏览器窗口中，Castwright 无法自行绘制网页。可行的办法：在浏览器标签页中打开网页，再将该标签页作为屏幕共享。', share: '共享浏览器标签页',
      missing: '请输入以 https:// 或 http:// 开头的地址。',
    },
    drawing: { hint: '在预览上绘画，观众会立即看到。绘画内容随节目保存。', begin: '绘画', end: '停止绘画' },
  },
  drawing: {
    toggle: '在画面上绘画', useTool: '绘画：{tool}', clearAll: '清除绘画', toolbar: '绘画', tools: { pen: '画笔', highlighter: '荧光笔', arrow: '箭头', rectangle: '矩形', ellipse: '椭圆', laser: '激光笔', eraser: '橡皮擦' },
    undo: '撤销上一笔', redo: '重做', clear: '全部清除', colour: '颜色 {n}', colours: '颜色', widths: '线宽', width: '{n} 像素', close: '停止绘画', area: '绘画区域',
  },
}
