/** The name under which a payload goes, apart from its shape: whoever writes one needs no validator. */
export const SCHEMA_NAME = 'xxgk-annual-report';
export const SCHEMA_VERSION = 1;
export const SCHEMA_ID = `${SCHEMA_NAME}/${SCHEMA_VERSION}`;
