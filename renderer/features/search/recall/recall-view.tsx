import type { ViewProps } from '#renderer/features/workspace/index.ts'

export function RecallView({ summary }: ViewProps) {
  return <p>{summary.name}</p>
}
