import type { ViewProps } from '#renderer/features/workspace/index.ts'

export function CompareView({ summary }: ViewProps) {
  return <p>{summary.name}</p>
}
