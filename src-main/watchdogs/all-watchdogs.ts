import { batteryLow, clockJump, diskLow, encoderSlow, networkChanged } from './dogs/computer.ts'
import { deviceLost, deviceSwapped } from './dogs/device.ts'
import { pictureBlack } from './dogs/picture-black.ts'
import { captureDead, pictureFrozen } from './dogs/picture-frozen.ts'
import { soundClipping, soundSilent } from './dogs/sound-level.ts'
import type { Watchdog } from './watchdog.ts'

/** Every watchdog, a line each. */
export const allWatchdogs = (): Watchdog[] => [
  deviceLost,
  deviceSwapped,
  captureDead,
  pictureFrozen,
  pictureBlack,
  soundSilent,
  soundClipping,
  encoderSlow,
  diskLow,
  batteryLow,
  networkChanged(),
  clockJump,
]
