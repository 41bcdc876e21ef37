// What build.js puts into the service worker.
declare const FILES: string[];
declare const BUILD: string;
