import { lazy } from 'react'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { doctorCommands } from './commands.ts'

export { DoctorDialogs } from './doctor-dialogs-door.tsx'

/** Whether a dataset is whole, what is broken, and repairing it. */
export const doctorFeature: Feature = {
  id: 'doctor',
  title: 'Doctor',
  view: lazy(async () => ({ default: (await import('./doctor-view.tsx')).DoctorView })),
  isOfAllVersions: true,
  commands: doctorCommands,
}
