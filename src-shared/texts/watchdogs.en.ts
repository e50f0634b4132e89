import type { WatchdogName } from '../domain/watchdogs.ts'

/** What the user reads about a watchdog's event. `{name}` is the source's name. */
export interface WatchdogText {
  /** While it lasts. */
  says: string
  advice: string
  /** When it is over. */
  over: string
}

export const WATCHDOGS_EN: Readonly<Record<WatchdogName, WatchdogText>> = {
  'picture-frozen': { says: 'The picture of {name} stands still.', advice: 'It is being started again; if it stays so, replug the camera.', over: 'The picture of {name} moves again.' },
  'picture-black': { says: '{name} shows nothing but black.', advice: 'Look for a lens cover, a closed shutter or a dark room.', over: '{name} shows a picture again.' },
  'sound-silent': { says: 'Nothing at all is heard from {name}.', advice: 'Look for a switch or a mute key on the microphone, and at its level in the system.', over: '{name} is heard again.' },
  'sound-clipping': { says: '{name} is too loud and distorts.', advice: 'Turn the microphone down in the system or on the device; the fader here comes too late.', over: '{name} does not distort any more.' },
  'device-lost': { says: '{name} is gone: {device}.', advice: 'Plug it in again; it comes back by itself.', over: '{name} is back.' },
  'device-swapped': { says: '{name} uses {device} instead.', advice: 'Its own device is taken again as soon as it is back.', over: '{name} has its own device again.' },
  'capture-dead': { says: '{name} gives no pictures any more.', advice: 'It is being started again; if it stays so, replug the device.', over: '{name} gives pictures again.' },
  'encoder-slow': { says: 'This computer is too slow for the show: {seen} of {wanted} pictures a second.', advice: 'Choose a smaller canvas or a lower frame rate, or close other programs.', over: 'This computer keeps up again.' },
  'clock-jump': { says: 'This computer’s clock was set by {seconds} s.', advice: 'Signed addresses and tokens depend on the clock; check that it is right now.', over: 'The clock runs evenly again.' },
  'disk-low': { says: 'The disk for recordings is nearly full: {minutes} min left.', advice: 'Make room; before it is full the recording ends cleanly, and the broadcast goes on.', over: 'There is room on the disk again.' },
  'battery-low': { says: 'The battery has {percent} % left.', advice: 'Plug this computer in.', over: 'The computer is plugged in.' },
  'network-changed': { says: 'The network has changed: {network}.', advice: 'Destinations that were cut connect again at once.', over: 'The network is steady.' },
}
