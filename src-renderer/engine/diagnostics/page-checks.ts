import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import { cameraModes } from './checks/camera-modes.ts'
import { cameraPicture } from './checks/camera-picture.ts'
import type { DeviceCheckParts } from './checks/device-kinds.ts'
import { devicesSync } from './checks/devices-sync.ts'
import { environmentCodecs } from './checks/environment-codecs.ts'
import { environmentDevices } from './checks/environment-devices.ts'
import { environmentEncode } from './checks/environment-encode.ts'
import type { EnvironmentParts } from './checks/environment-parts.ts'
import { environmentApis, environmentDisplay, environmentGraphics } from './checks/environment-window.ts'
import { microphoneLoop } from './checks/microphone-loop.ts'
import { microphoneLevel, microphoneNoise, microphoneRate } from './checks/microphone-sound.ts'
import { cameraPermission, microphonePermission } from './checks/permission.ts'
import { cameraPresent, microphonePresent, speakerPresent } from './checks/present.ts'
import { screenCapture, screenPermission, ScreenTurn } from './checks/screen-capture.ts'
import { type ChannelCheckParts, networkChannel } from './checks/network-channel.ts'
import { showEncoder, type ShowEncoderParts } from './checks/show-encoder.ts'
import { speakerLoopback } from './checks/speaker-loopback.ts'
import { speakerTone } from './checks/speaker-tone.ts'

/** What the page's checks look at; each takes what it needs. */
export interface PageCheckParts extends DeviceCheckParts {
  /** Absent: there is no show. */
  show?: ShowEncoderParts
  /** Absent: only devices are looked at. */
  environment?: EnvironmentParts
  /** Absent: there is nobody to take an offer to a test server. */
  line?: ChannelCheckParts
}

/** Every check that the page carries out, a line each. */
export const pageChecks = (parts: PageCheckParts, screen = new ScreenTurn()): RunnableCheck[] => [
  ...(parts.environment ? environmentChecks(parts.environment) : []),
  cameraPermission(parts),
  cameraPresent(parts),
  cameraPicture(parts),
  cameraModes(parts),
  devicesSync(parts),
  microphonePermission(parts),
  microphonePresent(parts),
  microphoneLevel(parts),
  microphoneNoise(parts),
  microphoneRate(parts),
  microphoneLoop(parts),
  speakerPresent(parts),
  speakerTone(),
  speakerLoopback(parts),
  screenPermission(parts, screen),
  screenCapture(parts, screen),
  ...(parts.line ? [networkChannel(parts.line)] : []),
  ...(parts.show ? [showEncoder(parts.show)] : []),
]

const environmentChecks = (parts: EnvironmentParts): RunnableCheck[] => [
  environmentDisplay(parts),
  environmentGraphics(parts),
  environmentApis(parts),
  environmentCodecs(parts),
  environmentEncode(parts),
  environmentDevices(parts),
]
