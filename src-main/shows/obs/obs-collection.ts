import { z } from 'zod'
import { StudioError } from '@shared/domain/errors.ts'

/**
 * A scene collection as OBS 28 to 31 writes it (`basic/scenes/*.json`; fields as obs_save_source and obs-scene.c of libobs
 * name them). Everything but the outermost shape is read with the value that OBS itself takes where one is missing or wrong.
 */
const number = (other: number) => z.number().catch(other)
const flag = (other: boolean) => z.boolean().catch(other)
const text = z.string().catch('')
const settings = z.record(z.string(), z.unknown()).catch({})
const point = (other: number) => z.object({ x: number(other), y: number(other) }).catch({ x: other, y: other })
const listOf = <T extends z.ZodType>(each: T) =>
  z.array(each.nullable().catch(null as never)).catch([]).transform((list) => list.filter((one): one is NonNullable<typeof one> => one !== null))

const filter = z.object({ id: text, name: text, enabled: flag(true), settings })
export type ObsFilter = z.infer<typeof filter>

const source = z.object({
  id: text, name: text, uuid: text, settings, filters: listOf(filter), hotkeys: settings, private_settings: settings,
  /** Linear. */
  volume: number(1),
  /** 0 = left, 0.5 = centre, 1 = right. */
  balance: number(0.5),
  muted: flag(false),
  /** Nanoseconds. */
  sync: number(0),
  /** 0 = off, 1 = monitor only, 2 = monitor and output. */
  monitoring_type: number(0),
  /** Bit 0 = track 1. */
  mixers: number(255),
  'push-to-talk': flag(false), 'push-to-mute': flag(false),
})
export type ObsSource = z.infer<typeof source>

const item = z.object({
  name: text, source_uuid: text,
  /** Which point of the item `pos` is: 1 left, 2 right, 4 top, 8 bottom, neither = centre. */
  align: number(5),
  pos: point(0), rot: number(0), scale: point(1),
  /** 0 none, 1 stretch, 2 inner, 3 outer, 4 to width, 5 to height, 6 maximum only. */
  bounds_type: number(0), bounds: point(0),
  crop_left: number(0), crop_top: number(0), crop_right: number(0), crop_bottom: number(0),
  visible: flag(true), locked: flag(false), blend_type: text,
  /** A group's items are also written into the scene, for versions before groups. */
  group_item_backup: flag(false),
  show_transition: settings, hide_transition: settings,
})
export type ObsItem = z.infer<typeof item>
const items = z.object({ items: listOf(item) }).catch({ items: [] })

/** The sound devices of the settings: desktop audio first, then microphones. */
const GLOBAL_SOUND = ['DesktopAudioDevice1', 'DesktopAudioDevice2', 'AuxAudioDevice1', 'AuxAudioDevice2', 'AuxAudioDevice3', 'AuxAudioDevice4'] as const

const collection = z.object({
  name: text,
  sources: listOf(source),
  groups: listOf(source),
  scene_order: listOf(z.object({ name: text })),
  current_program_scene: text, current_scene: text,
  current_transition: text, transition_duration: number(300),
  transitions: listOf(z.object({ id: text, name: text, settings })),
  /** The canvas; OBS 31 writes it, earlier ones keep it in the profile. */
  resolution: z.object({ x: z.int().min(16).max(16_384), y: z.int().min(16).max(16_384) }).nullable().catch(null),
  ...Object.fromEntries(GLOBAL_SOUND.map((key) => [key, source.nullable().catch(null)])) as Record<(typeof GLOBAL_SOUND)[number], z.ZodCatch<z.ZodNullable<typeof source>>>,
})

export interface ObsCollection extends Omit<z.infer<typeof collection>, (typeof GLOBAL_SOUND)[number]> {
  globalSound: ObsSource[]
}

/** Throws StudioError `show-broken` for anything that is no scene collection. */
export function readObsCollection(json: string): ObsCollection {
  const parsed = jsonOf(json)
  // Every collection has these two, even an empty one.
  if (typeof parsed !== 'object' || parsed === null || !('sources' in parsed) || !Array.isArray(parsed.sources) || !('scene_order' in parsed || 'current_scene' in parsed)) {
    throw new StudioError('show-broken', 'this is no scene collection of OBS')
  }
  const read = collection.parse(parsed)
  return { ...read, globalSound: GLOBAL_SOUND.flatMap((key) => read[key] ?? []) }
}

/** What a scene or a group shows, back to front. */
export const itemsOf = ({ settings: of }: ObsSource): ObsItem[] => items.parse(of).items.filter((each) => !each.group_item_backup)

/** `id` without the version that OBS adds: `text_gdiplus_v2` is `text_gdiplus`. */
export const kindOf = (id: string): string => id.replace(/_v\d+$/, '')

function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json.startsWith('\uFEFF') ? json.slice(1) : json)
  } catch (error) {
    throw new StudioError('show-broken', 'it is not JSON', { cause: error })
  }
}
