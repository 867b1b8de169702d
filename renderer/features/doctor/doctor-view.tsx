import { useRefusal } from '#renderer/features/versions/index.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { DoctorPanel } from './doctor-panel.tsx'

/** Whether the dataset on disk is whole. It is about all versions, whichever one the tab shows. */
export function DoctorView({ tab }: ViewProps) {
  const refusal = useRefusal(tab)
  const note = tab.timeTravel
    ? `All of this is about the whole dataset as it is on disk now, not about version ${tab.version}. Repairs start from the newest version.`
    : undefined
  return <DoctorPanel location={tab.location} refusal={refusal} note={note} />
}
