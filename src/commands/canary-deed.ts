/** What can be done about a canary. */
export const canaryDeeds = ['start', 'weight', 'finish', 'abort'] as const

export type CanaryDeed = (typeof canaryDeeds)[number]
