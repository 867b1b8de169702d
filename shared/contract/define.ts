import type { z } from 'zod'

/** One operation of the contract. `output` exists for the type checker only; the engine's own types guarantee it. */
export interface Operation<
  Kind extends 'call' | 'stream' = 'call' | 'stream',
  Input extends z.ZodType = z.ZodType,
  Output = unknown,
> {
  readonly kind: Kind
  /** One line for `npm run call -- --list`. */
  readonly doc: string
  readonly input: Input
  readonly output?: Output
}

/** One question, one answer. Usage: `call<Answer>()('What it does.', inputSchema)`. */
export function call<Output>() {
  return <Input extends z.ZodType>(doc: string, input: Input): Operation<'call', Input, Output> => ({
    kind: 'call',
    doc,
    input,
  })
}

/** One question, many items with back-pressure; ends once or fails once. */
export function stream<Item>() {
  return <Input extends z.ZodType>(doc: string, input: Input): Operation<'stream', Input, Item> => ({
    kind: 'stream',
    doc,
    input,
  })
}

export type ContractShape = Readonly<Record<string, Operation>>
export type CallName<C extends ContractShape> = {
  [K in keyof C & string]: C[K]['kind'] extends 'call' ? K : never
}[keyof C & string]
export type StreamName<C extends ContractShape> = {
  [K in keyof C & string]: C[K]['kind'] extends 'stream' ? K : never
}[keyof C & string]
export type InputOf<O extends Operation> = z.input<O['input']>
export type ParsedInputOf<O extends Operation> = z.output<O['input']>
export type OutputOf<O extends Operation> =
  O extends Operation<'call' | 'stream', z.ZodType, infer Output> ? Output : never
