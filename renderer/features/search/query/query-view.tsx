import type { ViewProps } from '#renderer/features/workspace/index.ts'

export function QueryView({ summary }: ViewProps) {
  return <p>{summary.name}</p>
}
