import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import { putGroup, putItem } from './group-edits.ts'
import type { Group } from './group-edits.ts'
import type { ShowEdit } from './show-edits.ts'

/** One line of the list of a scene's items: an item, or the head of a group with what is in it, front first. */
export type ListRow = { kind: 'item'; id: string; item: SceneItem; groupId: string | undefined } | { kind: 'group'; id: string; group: Group; members: readonly SceneItem[] }

/** Front first, as people read a pile from the top; what is in a collapsed group has no line. */
export function listRows(scene: Pick<Scene, 'items' | 'groups'>): ListRow[] {
  const groups = new Map(scene.groups?.map((each) => [each.id, each]))
  const headed = new Set<string>()
  const front = scene.items.toReversed()
  return front.flatMap((item): ListRow[] => {
    const group = item.groupId === undefined ? undefined : groups.get(item.groupId)
    if (!group) return [{ kind: 'item', id: item.id, item, groupId: undefined }]
    const row: ListRow[] = group.collapsed ? [] : [{ kind: 'item', id: item.id, item, groupId: group.id }]
    if (headed.has(group.id)) return row
    headed.add(group.id)
    return [{ kind: 'group', id: group.id, group, members: front.filter((each) => each.groupId === group.id) }, ...row]
  })
}

/** What dropping a line at another place means: between two items of a group it joins them, elsewhere it leaves. Null where nothing moves. */
export function dropRow(rows: readonly ListRow[], from: number, to: number): ShowEdit | null {
  const moving = rows[from]
  if (!moving || from === to) return null
  const after = rows.toSpliced(from, 1).toSpliced(to, 0, moving)
  const [above, below] = [after[to - 1], after[to + 1]]
  const behind = after.slice(to + 1).reduce((sum, row) => sum + itemsIn(row, moving), 0)
  if (moving.kind === 'group') return putGroup(moving.id, behind)
  return putItem(moving.id, behind, groupBetween(above, below, moving.groupId))
}

function groupBetween(above: ListRow | undefined, below: ListRow | undefined, own: string | undefined): string | undefined {
  const upper = above && (above.kind === 'group' ? (above.group.collapsed ? undefined : above.id) : above.groupId)
  const lower = below?.kind === 'item' ? below.groupId : undefined
  if (upper !== undefined && upper === lower) return upper
  // At the end of a group: what is in it stays in it.
  return own !== undefined && upper === own ? own : undefined
}

function itemsIn(row: ListRow, moving: ListRow): number {
  if (row.kind === 'item') return moving.kind === 'group' && row.groupId === moving.id ? 0 : 1
  return row.group.collapsed ? row.members.length : 0
}
