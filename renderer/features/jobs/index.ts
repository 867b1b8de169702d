import type { Feature } from '#renderer/features/workspace/index.ts'

/** Long work under way, seen from anywhere in the window. */
export const jobsFeature: Feature = { id: 'jobs', title: 'Jobs' }
