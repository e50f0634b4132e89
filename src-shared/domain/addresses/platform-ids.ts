export const PLATFORM_IDS = ['custom', 'twitch', 'youtube', 'facebook', 'ivs', 'ivs-whip', 'tencent-css', 'tencent-whip', 'trtc', 'trtc-whip', 'bilibili'] as const
export type PlatformId = (typeof PLATFORM_IDS)[number]
