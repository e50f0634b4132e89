export const AUDIO_KBPS = 128
