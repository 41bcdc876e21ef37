// What the build writes from include/pinson.
export const PROTOCOL: string;
export const ERRORS: Readonly<Record<string, string>>;
export const LIMITS: Readonly<Record<string, number>>;
