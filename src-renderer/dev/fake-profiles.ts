import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { ProfilesState } from '@shared/domain/profile.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import { Topic } from './topic.ts'

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

/** Profiles that are nowhere. */
export class FakeProfiles {
  readonly state = new Topic<ProfilesState>({ activeId: 'first', profiles: [{ id: 'first', name: '', encoding: DEFAULT_ENCODING, destinationNames: ['Rehearsal'] }] })

  client(answer: Answer): Bridge['profiles'] {
    const { state } = this
    const add = (name: string) => {
      const profileId = `profile-${state.state.profiles.length}`
      state.set({ ...state.state, profiles: [...state.state.profiles, { id: profileId, name, encoding: DEFAULT_ENCODING, destinationNames: ['Rehearsal'] }] })
      return { profileId }
    }
    return {
      create: (input) => answer('create', input, () => add(input.name)),
      duplicate: (input) => answer('duplicate', input, () => add(input.name)),
      rename: (input) => answer('rename', input, () => state.set({ ...state.state, profiles: state.state.profiles.map((each) => (each.id === input.profileId ? { ...each, name: input.name } : each)) })),
      remove: (input) => answer('remove', input, () => state.set({ ...state.state, profiles: state.state.profiles.filter(({ id }) => id !== input.profileId) })),
      switchTo: (input) =>
        answer('switchTo', input, () => {
          state.set({ ...state.state, activeId: input.profileId })
          return { encoding: state.state.profiles.find(({ id }) => id === input.profileId)?.encoding ?? DEFAULT_ENCODING }
        }),
      exportText: (input) => answer('exportText', input, () => ({ fileName: 'profile.json', text: '{}' })),
      importText: () => answer('importText', {}, () => add('Imported')),
      watch: (_topic, onState) => state.watch(onState as never),
    }
  }
}
