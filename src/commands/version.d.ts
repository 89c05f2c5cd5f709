/** The version of the package, put in when it is bundled. */
declare const SAHABA_VERSION: string
