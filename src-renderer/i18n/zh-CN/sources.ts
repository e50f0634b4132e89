import type { sources as en } from '../en/sources.ts'
export const sources: typeof en = {
  sources: {
    title: '来源', add: '添加来源', emptyTitle: '还没有内容', emptyText: '添加摄像头、屏幕、图片或文字。',
    pictures: '有画面的来源，最前面的在上', soundOnly: '仅声音',
    kinds: { camera: '摄像头', microphone: '麦克风', screen: '屏幕或窗口', image: '图片', colour: '纯色', text: '文字', 'test-pattern': '测试图', slideshow: '幻灯片', countdown: '倒计时', annotation: '绘画', scene: '场景', 'web-page': '网页' },
    kindsOfScreen: { monitor: '屏幕', window: '窗口', browser: '浏览器标签页' },
    rename: '重命名 {name}', remove: '删除 {name}', lock: '锁定 {name}', show: '显示 {name}',
    conditions: { starting: '正在启动…', active: '正常', ended: '已结束', missing: '未连接', denied: '没有权限', busy: '被其他程序占用', failed: '无法工作', held: '未启动（安全启动）' },
    restart: '重试', chooseScreen: '选择屏幕', chooseImage: '选择图片…', newText: '您的文字', removed: '已删除的来源', existing: '其他场景中的来源', withoutRight: '{source}：令牌不允许{right}',
    imageTypes: '可以使用 PNG、JPEG、WebP、GIF 和 AVIF 图片。', imageTooLarge: '图片最大 29 MB。',
    name: '名称', device: '设备', systemDefault: '系统默认', unnamedDevice: '未命名设备', goneDevice: '{name}（未连接）', allowDevices: '允许使用设备',
    size: '尺寸', frameRate: '帧率', echoCancellation: '消除回声', noiseSuppression: '降噪', autoGainControl: '自动调节音量',
    systemFont: '系统字体',
    testPatternHint: '彩条和走动的时钟，每整秒闪光并发出提示音。', delivers: '输出 {width} × {height}',
  },
  mixer: {
    title: '混音器', program: '节目', volume: '{name} 的音量', mute: '静音 {name}', peak: '峰值 {db} dB', silence: '无声',
    emptyTitle: '还没有声音', emptyText: '添加麦克风，让观众听到您。', addMicrophone: '添加麦克风',
  },
  transform: {
    panel: '属性', title: '位置', emptyTitle: '未选中任何内容', emptyText: '请在列表或预览中选择一个来源。',
    x: 'X', y: 'Y', width: '宽', height: '高', rotation: '旋转', opacity: '不透明度', fit: '画面填充方式',
    fits: { fit: '完整显示', fill: '铺满并裁边', stretch: '拉伸' }, crop: '裁剪',
    sides: { left: '左', top: '上', right: '右', bottom: '下' }, locked: '已锁定。请在列表中解锁后再移动。',
  },
}
