import type { ViewProps } from '#renderer/features/workspace/index.ts'

export function IndicesView({ summary }: ViewProps) {
  return <p>{summary.name}</p>
}
