import { z } from 'zod'

/** One call of a service: what goes in and what comes out, both parsed at both ends. */
export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I
  output: O
}

export interface Service<
  Calls extends Record<string, Call> = Record<string, Call>,
  Topics extends Record<string, z.ZodType> = Record<string, z.ZodType>,
> {
  name: string
  calls: Calls
  topics: Topics
}

export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> => ({ input, output })

/** A contract is a value: main serves it, the page connects to it, a test does both. */
export function service<Calls extends Record<string, Call>, Topics extends Record<string, z.ZodType>>(
  name: string,
  parts: { calls: Calls; topics: Topics },
): Service<Calls, Topics> {
  return { name, ...parts }
}

/** What main implements: one async function per call. */
export type Handlers<S extends Service> = {
  [K in keyof S['calls']]: (input: z.output<S['calls'][K]['input']>) => Promise<z.input<S['calls'][K]['output']>> | z.input<S['calls'][K]['output']>
}

/** What the page gets: one async function per call, and a watch per topic that returns how to stop watching. */
export type Client<S extends Service> = {
  [K in keyof S['calls']]: (input: z.input<S['calls'][K]['input']>) => Promise<z.output<S['calls'][K]['output']>>
} & {
  watch<K extends keyof S['topics']>(topic: K, onState: (state: z.output<S['topics'][K]>) => void): () => void
}

export const nothing = z.void()
