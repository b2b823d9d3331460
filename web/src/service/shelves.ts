/** Where the service worker keeps things, and the app finds them. */
export const libraryCache = 'picup-library';
export const sharedCache = 'picup-shared';

/** Said with an answer that is an older one, as the server could not be reached. */
export const agedHeader = 'x-picup-aged';

/** Where files that were shared from another app arrive, and what is said with each of them. */
export const sharePath = '/share';
export const fileNameHeader = 'x-picup-file-name';
export const modifiedHeader = 'x-picup-modified';
