import { computed, type ComputedRef, ref, type Ref } from 'vue'

export interface Selection {
  /** Paths, in the order of the list. */
  readonly paths: ComputedRef<string[]>
  /** Where the keyboard is; null while the list is empty. */
  readonly current: ComputedRef<string | null>
  has(path: string): boolean
  /** Moves the keyboard there without selecting. */
  moveTo(path: string): void
  /** By so many rows; with `extend` everything between is selected. */
  moveBy(rows: number, extend: boolean): void
  toggle(path: string): void
  /** Everything from where the keyboard was last to here. */
  extendTo(path: string): void
  set(paths: readonly string[], on: boolean): void
  clear(): void
}

/** What is selected in a list of which parts come and go: only what is shown counts. */
export function useSelection(order: Readonly<Ref<readonly string[]>>): Selection {
  const chosen = ref(new Set<string>())
  const wanted = ref<string | null>(null)
  const anchor = ref<string | null>(null)
  const paths = computed(() => order.value.filter((path) => chosen.value.has(path)))
  const current = computed(() => (wanted.value !== null && order.value.includes(wanted.value) ? wanted.value : (order.value[0] ?? null)))

  function moveTo(path: string): void {
    wanted.value = path
    anchor.value = path
  }

  function extendTo(path: string): void {
    const from = Math.max(0, order.value.indexOf(anchor.value ?? current.value ?? path))
    const to = order.value.indexOf(path)
    if (to < 0) return
    set(order.value.slice(Math.min(from, to), Math.max(from, to) + 1), true)
    wanted.value = path
  }

  function moveBy(rows: number, extend: boolean): void {
    const at = current.value === null ? -1 : order.value.indexOf(current.value)
    const path = order.value[Math.min(order.value.length - 1, Math.max(0, at + rows))]
    if (path === undefined) return
    if (extend) extendTo(path)
    else moveTo(path)
  }

  function set(some: readonly string[], on: boolean): void {
    const next = new Set(chosen.value)
    for (const path of some) {
      if (on) next.add(path)
      else next.delete(path)
    }
    chosen.value = next
  }

  return {
    paths,
    current,
    has: (path) => chosen.value.has(path),
    moveTo,
    moveBy,
    extendTo,
    set,
    toggle(path) {
      set([path], !chosen.value.has(path))
      moveTo(path)
    },
    clear: () => (chosen.value = new Set()),
  }
}
