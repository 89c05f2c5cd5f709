/** What is in page/, bundled; put in when Sahaba itself is. */
declare const SAHABA_PAGE_SCRIPT: string
declare const SAHABA_PAGE_STYLE: string
