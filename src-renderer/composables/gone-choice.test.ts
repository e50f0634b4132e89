import { expect, it } from 'vitest'
import { withGone } from './gone-choice.ts'

it('names what is set and gone, and adds nothing for what is there', () => {
  const choices = [{ value: 'a', label: 'Camera' }]
  expect(withGone(choices, 'a', 'Gone')).toBe(choices)
  expect(withGone(choices, 'b', 'Gone')).toEqual([...choices, { value: 'b', label: 'Gone' }])
})
