/** How findings are printed; the last three are for those who show them beside the code. */
export const findingFormats = ['pretty', 'json', 'sarif', 'github', 'junit'] as const

export type FindingFormat = (typeof findingFormats)[number]

/** The formats that hold findings and nothing else. */
export type ReportFormat = Exclude<FindingFormat, 'pretty' | 'json'>
