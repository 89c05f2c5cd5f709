/** How a review is printed. */
export const reviewFormats = ['pretty', 'markdown', 'html', 'json', 'diff'] as const
export type ReviewFormat = (typeof reviewFormats)[number]

export const details = ['summary', 'effects', 'targets'] as const
export type Detail = (typeof details)[number]
