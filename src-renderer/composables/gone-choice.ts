interface Choice {
  value: string
  label: string
}

/** Choices with the one that is set, even when it is no longer among them: it is said to be gone, not shown by its id. */
export const withGone = (choices: readonly Choice[], chosen: string, gone: string): readonly Choice[] =>
  choices.some((each) => each.value === chosen) ? choices : [...choices, { value: chosen, label: gone }]
