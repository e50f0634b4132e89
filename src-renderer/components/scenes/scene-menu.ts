import type { MenuEntry } from '../ui/menu.ts'

/** What can be done with one scene. */
export interface SceneVerbs {
  choose(): void
  take(): void
  rename(): void
  duplicate(): void
  /** By so many places. */
  move(step: -1 | 1): void
  setBackground(): void
  setTransition(): void
  project(): void
  remove(): void
}

/** What can be done just now. */
export interface SceneState {
  onAir: boolean
  prepared: boolean
  studioMode: boolean
  first: boolean
  last: boolean
  only: boolean
  full: boolean
}

/** The menu of one scene. */
export function sceneMenu(verbs: SceneVerbs, state: SceneState, t: (key: string) => string): MenuEntry[] {
  const line = (id: string): MenuEntry => ({ id, kind: 'line', label: '' })
  return [
    ...(state.studioMode ? [{ id: 'choose', label: t('scenes.prepare'), icon: 'eye', disabled: state.prepared, keys: 'Enter', run: verbs.choose } as const] : []),
    { id: 'take', label: t('scenes.takeOnAir'), icon: 'broadcast', disabled: state.onAir, keys: state.studioMode ? 'Shift+Enter' : 'Enter', run: verbs.take },
    line('1'),
    { id: 'rename', label: t('scenes.renameThis'), icon: 'edit', keys: 'F2', run: verbs.rename },
    { id: 'duplicate', label: t('scenes.duplicate'), icon: 'copy', disabled: state.full, keys: 'Ctrl+D', run: verbs.duplicate },
    { id: 'earlier', label: t('scenes.earlier'), icon: 'forward', disabled: state.first, keys: 'Alt+↑', run: () => verbs.move(-1) },
    { id: 'later', label: t('scenes.later'), icon: 'backward', disabled: state.last, keys: 'Alt+↓', run: () => verbs.move(1) },
    line('2'),
    { id: 'transition', label: t('scenes.transitionMenu'), run: verbs.setTransition },
    { id: 'background', label: t('scenes.backgroundMenu'), icon: 'colour', run: verbs.setBackground },
    { id: 'project', label: t('scenes.projectThis'), icon: 'window', run: verbs.project },
    line('3'),
    { id: 'remove', label: t('scenes.remove'), icon: 'trash', disabled: state.only, keys: 'Del', run: verbs.remove },
  ]
}
