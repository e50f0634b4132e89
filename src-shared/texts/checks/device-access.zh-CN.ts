import type { FindingText } from './check-text.ts'
import type { cannotOpenEn, cannotPlayEn, cannotShareEn } from './device-access.en.ts'

type Same<T> = { readonly [C in keyof T]: FindingText }

export const cannotOpenZhCn = (thing: '摄像头' | '麦克风'): Same<ReturnType<typeof cannotOpenEn>> => ({
  denied: { says: `本程序未获准使用${thing}。`, advice: `请在地址栏旁的标志处或系统隐私设置中允许使用${thing}，然后重新启动程序。` },
  'denied-by-system': { says: `系统不允许本程序使用${thing}。`, advice: `请在系统隐私设置中为本程序打开${thing}，然后重新启动程序。` },
  busy: { says: `${thing}被其他程序占用，或其驱动没有响应。`, advice: `请关闭可能使用${thing}的其他程序（会议、厂商工具），或重新插拔。` },
  missing: { says: `没有连接${thing}。`, advice: `请插上${thing}，确认已打开电源，或换一个接口。` },
  'chosen-missing': { says: `所选的${thing}未连接。`, advice: `请重新插上，或选择其他${thing}。` },
  unplugged: { says: `{name} 在测试中被拔出，没有恢复。`, advice: `请换一个接口重新插紧，再开始测试。` },
})

export const cannotPlayZhCn: Same<typeof cannotPlayEn> = {
  'chosen-missing': { says: '所选的扬声器未连接。', advice: '请重新插上，或选择其他扬声器。' },
  unsupported: { says: '此处无法把声音送到指定的扬声器，只能使用系统默认设备。', advice: '请在系统声音设置中选择扬声器。' },
  blocked: { says: '在有人点击页面之前，页面不能播放声音。', advice: '请点击窗口后重新开始测试。' },
  stuck: { says: '扬声器没有接收声音。', advice: '请选择其他扬声器，或重新插拔。' },
}

export const cannotShareZhCn: Same<typeof cannotShareEn> = {
  denied: { says: '本程序未获准捕获屏幕。', advice: '请在页面设置中允许，然后重新开始测试。' },
  'denied-by-system': { says: '系统不允许本程序捕获屏幕。', advice: '请在系统隐私设置中为本程序打开屏幕录制，然后重新启动程序。' },
  'not-chosen': { says: '没有选择屏幕，因此没有捕获。', advice: '请重新测试并选择屏幕或窗口；不需要展示屏幕时可跳过。' },
  'needs-gesture': { says: '只有在点击之后才能请求捕获屏幕。', advice: '请用此测试自己的按钮开始；不需要展示屏幕时可跳过。' },
  'no-answer': { says: '没有人回答要捕获哪个屏幕。', advice: '请重新测试并选择屏幕或窗口。' },
  busy: { says: '无法捕获屏幕：系统没有给出画面。', advice: '请关闭其他录屏程序，或重新启动电脑。' },
  unsupported: { says: '本程序在此处无法捕获屏幕。', advice: '请使用桌面程序或较新的浏览器。' },
}
