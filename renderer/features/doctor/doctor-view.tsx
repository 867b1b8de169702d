import { useRefusal } from '#renderer/features/versions/index.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { DoctorPanel } from './doctor-panel.tsx'

/** Whether the dataset on disk is whole. It is about all versions, whichever one the tab shows. */
export function DoctorView({ tab }: ViewProps) {
  const refusal = useRefusal(tab)
  return <DoctorPanel location={tab.location} refusal={refusal} />
}
