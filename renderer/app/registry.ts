import { activityFeature } from '#renderer/features/activity/index.ts'
import { compareFeature } from '#renderer/features/compare/index.ts'
import { dataFeature } from '#renderer/features/data/index.ts'
import { datasetsFeature } from '#renderer/features/datasets/index.ts'
import { doctorFeature } from '#renderer/features/doctor/index.ts'
import { embedFeature } from '#renderer/features/embed/index.ts'
import { fragmentsFeature } from '#renderer/features/fragments/index.ts'
import { importFeature } from '#renderer/features/import/index.ts'
import { indicesFeature } from '#renderer/features/indices/index.ts'
import { maintenanceFeature } from '#renderer/features/maintenance/index.ts'
import { queuesFeature } from '#renderer/features/queues/index.ts'
import { searchFeature } from '#renderer/features/search/index.ts'
import { storageFeature } from '#renderer/features/storage/index.ts'
import { versionsFeature } from '#renderer/features/versions/index.ts'
import type { Feature } from '#renderer/features/workspace/index.ts'

/** Every feature of the window, in the order of its tabs. A new feature is one line here. */
export const FEATURES: readonly Feature[] = [
  datasetsFeature,
  dataFeature,
  searchFeature,
  versionsFeature,
  fragmentsFeature,
  indicesFeature,
  storageFeature,
  importFeature,
  activityFeature,
  maintenanceFeature,
  compareFeature,
  doctorFeature,
  queuesFeature,
  embedFeature,
]
