/** The version of the package, put in when it is bundled. */
declare const SAHABA_VERSION: string

/** Stands for the code of the compiler, its libraries and its data; put in when it is bundled. */
declare const SAHABA_BUILD: string
