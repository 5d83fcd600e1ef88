/** An answer as JSON brings it: instants are texts. */
export type Wire<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T;

/** The same, said to the compiler. */
export const wired = async <T>(asked: Promise<T>): Promise<Wire<T>> => (await asked) as unknown as Wire<T>;
