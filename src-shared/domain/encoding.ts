import { z } from 'zod'

/** Canvas sizes that the compositor and the encoders take: 160x160 to 1920x1080, landscape or portrait, even. */
export const canvasSize = z
  .object({
    width: z.int().min(160).max(1920).multipleOf(2),
    height: z.int().min(160).max(1920).multipleOf(2),
  })
  .refine((size) => Math.min(size.width, size.height) <= 1080, 'the shorter side is at most 1080')

/** What is asked of the encoders. Everything but the rate is fixed while live. */
export const encoding = z.object({
  width: z.int().min(160).max(1920).multipleOf(2),
  height: z.int().min(160).max(1920).multipleOf(2),
  frameRate: z.int().min(15).max(60),
  videoKbps: z.int().min(100).max(20_000),
  audioKbps: z.int().min(32).max(320),
  /** Absent = 2, as older settings have it. */
  audioChannels: z.union([z.literal(1), z.literal(2)]).optional(),
  keyFrameSeconds: z.number().min(1).max(4),
  /** Of H.264; set by the studio where a destination's platform takes no other. Absent = main, which is smaller at the same quality. */
  avcProfile: z.literal('baseline').optional(),
})
export type Encoding = z.infer<typeof encoding>

/** Of the sound as it is coded; the mix itself is always stereo. */
export const channelsOf = ({ audioChannels }: Pick<Encoding, 'audioChannels'>): 1 | 2 => audioChannels ?? 2

export const DEFAULT_ENCODING: Encoding = {
  width: 1280,
  height: 720,
  frameRate: 30,
  videoKbps: 2500,
  audioKbps: 128,
  keyFrameSeconds: 2,
}
